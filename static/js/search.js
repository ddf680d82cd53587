// Completion in every field of a query, as a combobox with a list of options; and "/" leads to the search of the page.
// All by delegation: fields may come with a part of a page. Without this script each field is a plain form.

const PAUSE = 120; // milliseconds of no typing before the server is asked

let timer = 0;
let asked = null; // the request under way

const placeOf = (field) => field.closest("[data-query]");
const listOf = (field) => document.getElementById(`${field.id}-completions`);
const chosenIn = (list) => list.querySelector('[aria-selected="true"]');

function isField(target) {
  return target instanceof HTMLInputElement && target.name === "q" && placeOf(target) !== null;
}

function prepare(field) {
  const list = listOf(field);
  if (!list || field.getAttribute("role") === "combobox") return list;
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  return list;
}

function close(field) {
  clearTimeout(timer);
  asked?.abort();
  const list = listOf(field);
  if (!list) return;
  list.hidden = true;
  list.replaceChildren();
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

async function open(field) {
  const list = prepare(field);
  if (!list) return;
  const { complete, of } = placeOf(field).dataset;
  const query = new URLSearchParams({ q: field.value, at: field.selectionStart ?? field.value.length, of });
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(`${complete}?${query}`, { signal: asked.signal, headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return close(field);
    const found = new DOMParser().parseFromString(await answer.text(), "text/html");
    const options = [...found.querySelectorAll('li[role="option"]')];
    if (!options.length || document.activeElement !== field) return close(field);
    options.forEach((option, place) => (option.id = `${list.id}-${place}`));
    list.replaceChildren(...options);
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    field.removeAttribute("aria-activedescendant");
  } catch (error) {
    if (error.name !== "AbortError") close(field);
  }
}

function choose(field, option) {
  const list = listOf(field);
  chosenIn(list)?.setAttribute("aria-selected", "false");
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", option.id);
}

function move(field, step) {
  const options = [...listOf(field).children];
  const place = options.indexOf(chosenIn(listOf(field)));
  const next = place < 0 && step < 0 ? options.length - 1 : (place + step + options.length) % options.length;
  choose(field, options[next]);
}

function take(field, option) {
  const { text, start, end, open: goesOn } = option.dataset;
  const after = field.value.slice(Number(end));
  const isWhole = goesOn === undefined;
  const put = text + (isWhole && !/^[\s,]/.test(after) ? " " : "");
  field.value = field.value.slice(0, Number(start)) + put + after;
  const caret = Number(start) + put.length;
  field.setSelectionRange(caret, caret);
  close(field);
  if (!isWhole) open(field);
}

document.addEventListener("input", ({ target }) => {
  if (!isField(target)) return;
  clearTimeout(timer);
  timer = setTimeout(() => open(target), PAUSE);
});

document.addEventListener("focusin", ({ target }) => isField(target) && prepare(target));
document.addEventListener("focusout", ({ target }) => isField(target) && close(target));

document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(target)) {
    const field = document.getElementById("find");
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
    return;
  }
  if (!isField(target) || event.isComposing) return;
  const list = listOf(target);
  if (!list) return;
  if (list.hidden) {
    if (key === "ArrowDown") {
      event.preventDefault();
      open(target);
    } else if (key === "Escape") {
      target.blur();
    }
    return;
  }
  const option = chosenIn(list);
  if (key === "ArrowDown" || key === "ArrowUp") {
    event.preventDefault();
    move(target, key === "ArrowDown" ? 1 : -1);
  } else if ((key === "Enter" || key === "Tab") && option) {
    event.preventDefault();
    take(target, option);
  } else if (key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    close(target);
  }
});

function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

// The mouse takes an option before the field can lose the focus.
document.addEventListener("mousedown", (event) => {
  const option = event.target instanceof Element ? event.target.closest('.completions [role="option"]') : null;
  if (!option) {
    if (event.target instanceof Element && event.target.closest(".completions")) event.preventDefault();
    return;
  }
  event.preventDefault();
  const field = document.getElementById(option.parentElement.id.replace(/-completions$/, ""));
  if (field) take(field, option);
});
