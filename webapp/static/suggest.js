/* Suggestions while a search is typed: each box of a form with [data-suggest] becomes a combobox with a list (ARIA 1.2). */

const PAUSE = 120;

function install(form, number) {
  const input = form.elements.q;
  const list = document.createElement("ul");
  const said = document.createElement("p");
  const options = () => [...list.children];
  let active = -1;
  let waiting = 0;

  Object.assign(list, { id: `suggestions-${number}`, className: "suggestions", role: "listbox", ariaLabel: "Suggestions", hidden: true });
  Object.assign(said, { className: "visually-hidden", role: "status" });
  form.append(list, said);
  Object.assign(input, { role: "combobox", ariaAutoComplete: "list", ariaExpanded: "false" });
  input.setAttribute("aria-controls", list.id);

  function mark(place) {
    active = place;
    options().forEach((option, at) => (option.ariaSelected = String(at === active)));
    if (active < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", options()[active].id);
  }

  function show(found) {
    list.replaceChildren(
      ...found.map(({ text, query, kind, count }, at) => {
        const option = Object.assign(document.createElement("li"), { id: `${list.id}-${at}`, role: "option", textContent: text, dir: "auto" });
        const what = document.createElement("span");
        what.textContent = ` ${kind === "word" ? count.toLocaleString("en") : kind}`;
        option.append(what);
        option.dataset.query = query;
        return option;
      }),
    );
    list.hidden = !found.length;
    input.ariaExpanded = String(!list.hidden);
    mark(-1);
  }

  function choose(option) {
    input.value = option.dataset.query;
    show([]);
    form.requestSubmit();
  }

  async function ask() {
    const text = input.value;
    const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(text)}`);
    const { suggestions } = answer.ok ? await answer.json() : { suggestions: [] };
    if (input.value !== text || document.activeElement !== input) return;
    show(suggestions);
    said.textContent = suggestions.length ? `${suggestions.length} suggestions` : "";
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => ask().catch(() => show([])), PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    const last = options().length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && last) mark(((active + 1 + step + last + 1) % (last + 1)) - 1);
    else if (event.key === "Enter" && active >= 0) choose(options()[active]);
    else if (event.key === "Escape" && last) show([]);
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", () => show([]));
  form.addEventListener("submit", () => clearTimeout(waiting) ?? show([]));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => choose(event.target.closest("[role=option]")));
}

document.querySelectorAll("[data-suggest]").forEach(install);
