// What the frame of every page can do better with a script: menus close by themselves, and colours change at once.

document.addEventListener("click", ({ target }) => {
  for (const menu of document.querySelectorAll("details[data-closes][open]")) {
    if (!menu.contains(target)) menu.open = false;
  }
});

document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const menu of document.querySelectorAll("details[data-closes][open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

for (const form of document.querySelectorAll("form.themes")) {
  form.addEventListener("submit", (event) => {
    const theme = event.submitter?.value;
    if (!theme) return;
    event.preventDefault();
    const body = new FormData(form);
    body.set("theme", theme);
    fetch(form.action, { method: "POST", body, redirect: "manual" });
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    for (const button of form.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.value === theme));
    }
    document.dispatchEvent(new Event("fleetview:theme"));
  });
}

// On a phone the navigation is a row that scrolls: show where one is.
const here = document.querySelector(".nav [aria-current]");
const row = here?.closest(".nav-place");
if (row && here.offsetLeft + here.offsetWidth > row.clientWidth) row.scrollLeft = here.offsetLeft - 40;

// Every request of htmx that changes something says that it comes from this page.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  if (token && detail.verb !== "get") detail.headers["X-CSRFToken"] = token;
});
