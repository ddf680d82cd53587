// Lists by keyboard: j and k walk through the rows, Enter then follows the link that has the focus. And what htmx swaps:
// only the list, with the focus kept; where the answer is no list (a refusal, a login), the browser goes there itself.

const LIST = "list";

const isTyping = (element) => element.closest("input, select, textarea, [contenteditable]") !== null;
const rows = () => [...document.querySelectorAll(`#${LIST} tbody tr`)].filter((row) => row.querySelector("th a, td a"));
const linkOf = (row) => row.querySelector("th a") ?? row.querySelector("td a");

document.addEventListener("keydown", (event) => {
  const step = { j: 1, k: -1 }[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const all = rows();
  const here = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[here < 0 ? (step > 0 ? 0 : all.length - 1) : here + step];
  if (!next) return;
  event.preventDefault();
  linkOf(next).focus();
  next.scrollIntoView({ block: "nearest" });
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id !== LIST) return;
  const isList = new DOMParser().parseFromString(detail.serverResponse, "text/html").getElementById(LIST) !== null;
  if (isList) {
    detail.shouldSwap = true;
    detail.isError = false;
  } else {
    detail.shouldSwap = false;
    window.location.assign(detail.xhr.responseURL || detail.pathInfo.finalRequestPath);
  }
});

// What had the focus may be gone, such as the link to a page after the last: then the list itself takes it.
document.addEventListener("htmx:afterSettle", () => {
  const list = document.getElementById(LIST);
  if (!list || document.activeElement !== document.body) return;
  list.tabIndex = -1;
  list.focus({ preventScroll: true });
});
