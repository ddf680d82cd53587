// Draws each figure of the page from the JSON beside it, in the colours of the stylesheet, and anew when those change.

const tone = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function inColours(figure) {
  const axis = { gridcolor: tone("line"), linecolor: tone("line-strong"), zerolinecolor: tone("line-strong") };
  const data = figure.data.map((trace) => ({ ...trace, marker: { ...trace.marker, color: tone(trace.meta) } }));
  const layout = {
    ...figure.layout,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { color: tone("quiet"), family: getComputedStyle(document.body).fontFamily, size: 12 },
    hoverlabel: { bgcolor: tone("raised"), bordercolor: tone("line-strong"), font: { color: tone("text") } },
    xaxis: { ...figure.layout.xaxis, ...axis },
    yaxis: { ...figure.layout.yaxis, ...axis },
    ...(figure.layout.yaxis2 && { yaxis2: { ...figure.layout.yaxis2, ...axis } }),
  };
  return { data, layout };
}

function draw(place, figure) {
  const { data, layout } = inColours(figure);
  return Plotly.react(place, data, layout, { displayModeBar: false, responsive: true, showTips: false });
}

for (const place of document.querySelectorAll("[data-figure]")) {
  const figure = JSON.parse(document.getElementById(place.dataset.figure).textContent);
  draw(place, figure).then(() => {
    place.on("plotly_click", ({ points }) => {
      const link = points.find((point) => point.customdata && point.y > 0)?.customdata;
      if (link) window.location.assign(link);
    });
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => draw(place, figure));
}
