// Draws each figure of the page from the JSON beside it, in the colours of the stylesheet, and anew when those change.
// plotly's bundle is large: it is fetched when the first figure comes near the window, and not before.

const library = document.currentScript.dataset.library;
const NEAR = "400px";
let fetching;

function fetchPlotly() {
  fetching ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = library;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
  return fetching;
}

// A colour as plotly reads it: the browser works out which of a token's two tones holds.
const probe = document.createElement("span");
probe.hidden = true;
probe.style.forcedColorAdjust = "none";
document.body.append(probe);
function tone(name) {
  probe.style.color = `var(--${name})`;
  return getComputedStyle(probe).color;
}

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

const figureOf = (place) => document.getElementById(place.dataset.figure)?.textContent;

async function draw(place) {
  const text = figureOf(place);
  if (!text) return;
  await fetchPlotly();
  const { data, layout } = inColours(JSON.parse(text));
  const isFirst = !place.dataset.drawn;
  place.dataset.drawn = "";
  place.drawnFrom = text;
  await Plotly.react(place, data, layout, { displayModeBar: false, responsive: true, showTips: false });
  if (isFirst) place.on("plotly_click", follow);
}

function follow({ points }) {
  const link = points.find((point) => point.customdata && point.y > 0)?.customdata;
  if (link) window.location.assign(link);
}

const nearing = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      nearing.unobserve(target);
      draw(target);
    }
  },
  { rootMargin: NEAR },
);

function watch() {
  for (const place of document.querySelectorAll("[data-figure]")) {
    if (place.dataset.drawn === undefined) nearing.observe(place);
    else if (place.drawnFrom !== figureOf(place)) draw(place);
  }
}

function redraw() {
  for (const place of document.querySelectorAll("[data-figure][data-drawn]")) draw(place);
}

watch();
document.addEventListener("htmx:afterSettle", watch);
document.addEventListener("fleetview:theme", redraw);
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
