// Ages stay true on a page that is left open, and the server learns once which time zone this browser is in.

const page = document.documentElement;
// The server's clock, not this machine's: it may be wrong, and ages are told from the server's.
let toldAt = Date.parse(page.dataset.now);
let loadedAt = performance.now();

const UNITS = [["s", 1, 60], ["min", 60, 60], ["h", 3600, 48], ["d", 86400, 90]];

function tellSpan(seconds) {
  for (const [unit, length, limit] of UNITS) {
    if (seconds < limit * length) return `${Math.floor(seconds / length)} ${unit}`;
  }
  return `${Math.floor(seconds / (30.44 * 86400))} months`;
}

function tellAges() {
  const now = toldAt + performance.now() - loadedAt;
  for (const time of document.querySelectorAll("time.ago")) {
    const seconds = (now - Date.parse(time.dateTime)) / 1000;
    const text = seconds >= 0 ? `${tellSpan(seconds)} ago` : `in ${tellSpan(-seconds)}`;
    if (time.textContent !== text) time.textContent = text;
  }
}

setInterval(tellAges, 30_000);
document.addEventListener("visibilitychange", () => document.hidden || tellAges());

// A part that came later was told later.
document.addEventListener("htmx:afterSwap", () => {
  const now = document.body.querySelector("[data-now]")?.dataset.now;
  if (now) [toldAt, loadedAt] = [Date.parse(now), performance.now()];
  tellAges();
});

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && !document.cookie.split("; ").some((cookie) => cookie.startsWith("fleetview_zone="))) {
  const isSecure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `fleetview_zone=${zone}; path=/; max-age=31536000; samesite=lax${isSecure}`;
}
