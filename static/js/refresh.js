// Keeps the moving part of a page fresh: htmx asks for it every half a minute. Here is what a person needs beside that:
// a way to pause, word of when it was last brought up to date, and a short spoken summary of what became of the fleet.

const bar = document.querySelector("[data-live]");
const told = bar.querySelector("[data-live-told]");
const button = bar.querySelector("[data-live-pause]");
const news = document.querySelector("[data-live-news]");
const PAUSED = "fleetview:paused";
const LATE = 90_000; // milliseconds without news after which the page says that it is old
const EVERY = 30_000;

const region = () => document.getElementById(bar.dataset.live);
const clock = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit", minute: "2-digit", second: "2-digit", timeZone: document.documentElement.dataset.zone,
});

let freshAt = performance.now();
let moment = Date.parse(document.documentElement.dataset.now); // by the server's clock
let trouble = "";
let isPaused = button !== null && sessionStorage.getItem(PAUSED) === "yes";
let isAskedFor = false;

function tell() {
  const isLate = !isPaused && performance.now() - freshAt > LATE;
  const since = clock.format(moment);
  const isOld = trouble !== "" || isLate;
  document.documentElement.dataset.freshness = isOld ? "old" : isPaused ? "paused" : "fresh";
  told.textContent = isOld
    ? `Not updated since ${since}${trouble ? `: ${trouble}` : ""}`
    : isPaused ? `Paused at ${since}` : `Updated ${since}`;
  if (button) {
    button.textContent = isPaused ? "Resume" : "Pause";
    button.setAttribute("aria-label", isPaused ? "Resume updating this page" : "Pause updating this page");
  }
}

function counts() {
  const found = new Map();
  for (const counter of region().querySelectorAll("[data-status]")) {
    found.set(counter.dataset.status, Number(counter.dataset.count));
  }
  return found;
}

// What is worth interrupting somebody for, in one sentence.
function compare(before, after) {
  const changes = [];
  for (const status of ["failed", "stale catalog", "silent"]) {
    const difference = (after.get(status) ?? 0) - (before.get(status) ?? 0);
    const nodes = Math.abs(difference) === 1 ? "node" : "nodes";
    if (difference > 0) changes.push(`${difference} more ${nodes} ${status}`);
    if (difference < 0) changes.push(`${-difference} ${nodes} no longer ${status}`);
  }
  return changes.join(", ");
}

const isOurs = ({ detail }) => detail.elt === region() || detail.target?.id === bar.dataset.live;
const refresh = () => {
  isAskedFor = true;
  htmx.trigger(region(), "fleetview:refresh");
  isAskedFor = false;
};

function fail(reason) {
  trouble = reason;
  tell();
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (isOurs(event) && !isAskedFor && (isPaused || document.hidden)) event.preventDefault();
});

let before = new Map();
let opened = [];
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!isOurs(event)) return;
  const { detail } = event;
  const isPart = detail.xhr.status === 200 && detail.serverResponse.includes(`id="${bar.dataset.live}"`);
  detail.shouldSwap = isPart;
  if (!isPart) {
    fail(detail.xhr.status === 200 ? "you are logged out" : `the server answered ${detail.xhr.status}`);
    return;
  }
  before = counts();
  opened = [...region().querySelectorAll("details[open][id]")].map(({ id }) => id);
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (!isOurs(event)) return;
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
  const summary = compare(before, counts());
  if (summary) news.textContent = summary;
  trouble = "";
  freshAt = performance.now();
  moment = Date.parse(region().dataset.now);
  tell();
});

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => isOurs(event) && fail("the server cannot be reached"));
}

button?.addEventListener("click", () => {
  isPaused = !isPaused;
  sessionStorage.setItem(PAUSED, isPaused ? "yes" : "no");
  if (!isPaused) refresh();
  tell();
});

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && !isPaused && performance.now() - freshAt > EVERY) refresh();
});

bar.hidden = false;
tell();
setInterval(tell, 5_000);
