/* Cards: a name in a text opens what its entry says in short, an expression of time what is known of it. The words come from where the
   link leads: [data-card] of the entry's page, or the item of this page. Where that fails, the link is followed. */

import { isPlain } from "./places.js";

const root = document.documentElement;
const NAMES = ".tei-text a:is([data-kind], .expression), .notes a[data-kind], .expressions a[data-kind]";
const PATIENCE = 700;

/** The link whose card is open, and the card. */
let opened = null;
const fetched = new Map();

async function entryCard(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("[data-card]");
}

/** What a link's card says, as a new element. */
async function words(link) {
  if (link.getAttribute("href").startsWith("#")) {
    const item = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const said = document.createElement("div");
    said.append(...item.cloneNode(true).childNodes);
    said.querySelector(".expression-words")?.replaceWith(Object.assign(document.createElement("em"), { textContent: link.textContent.trim() }));
    if (link.matches(".mention-sign")) said.querySelector("em").textContent = item.querySelector(".expression-words").textContent;
    return said;
  }
  if (!fetched.has(link.href)) fetched.set(link.href, entryCard(link.href));
  return document.importNode(await fetched.get(link.href), true);
}

/** Under the link's last line, and within the window. */
function lay(card, link) {
  const box = [...link.getClientRects()].at(-1) ?? link.getBoundingClientRect();
  const below = box.bottom + card.offsetHeight + 8 < innerHeight || box.top < card.offsetHeight + 8;
  const left = Math.max(8, Math.min(box.left, root.clientWidth - card.offsetWidth - 8));
  card.style.setProperty("left", `${left + scrollX}px`);
  card.style.setProperty("top", `${(below ? box.bottom : box.top - card.offsetHeight - 8) + scrollY}px`);
}

async function open(link, moveFocus) {
  const said = await words(link);
  if (opened?.link === link) {
    if (moveFocus) opened.card.focus({ preventScroll: true });
    return;
  }
  opened?.card.hidePopover();
  const card = document.createElement("div");
  card.className = "name-card";
  card.popover = "auto";
  card.tabIndex = -1;
  card.setAttribute("role", "dialog");
  card.setAttribute("aria-label", link.getAttribute("aria-label") ?? link.textContent.trim());
  card.append(said);
  opened = { link, card };
  link.after(card);
  card.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    const held = card.contains(document.activeElement);
    card.remove();
    if (opened?.card === card) opened = null;
    if (held) link.focus({ preventScroll: true });
  });
  card.showPopover();
  lay(card, link);
  if (moveFocus) card.focus({ preventScroll: true });
}

if ("popover" in root) {
  let pressed = null;
  let waiting = 0;
  document.addEventListener("pointerdown", () => (pressed = opened?.link), true);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(NAMES);
    const wasOpen = link && link === pressed && link !== opened?.link;
    pressed = null;
    clearTimeout(waiting);
    if (!link || !isPlain(event)) return;
    event.preventDefault();
    if (!wasOpen) open(link, true).catch(() => location.assign(link.href));
  });

  /* Leaving by the keyboard closes it. */
  document.addEventListener("focusin", (event) => {
    if (opened && event.target !== opened.link && !opened.card.contains(event.target)) opened.card.hidePopover();
  });

  /* A mouse that rests on a name: a comfort, nothing is lost without it. */
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const link = event.target.closest?.(NAMES);
    clearTimeout(waiting);
    if (link && link !== opened?.link) {
      waiting = setTimeout(() => open(link, false).catch(() => {}), PATIENCE);
    } else if (!link && opened && !opened.card.contains(event.target) && !opened.card.contains(document.activeElement)) {
      waiting = setTimeout(() => opened?.card.hidePopover(), PATIENCE / 2);
    }
  });
}

/* Kinds that are switched off are no stops for the keyboard. */

const SORTS = { dates: ":is(.tei-date, .tei-time).expression", events: ".expression:not(.tei-date, .tei-time), [data-kind='event']" };
const switches = [...document.querySelectorAll(".names-settings input")];

function skip(control) {
  const sort = SORTS[control.name] ?? `[data-kind='${control.name.slice(0, -1)}']`;
  for (const link of document.querySelectorAll(`.tei-text a:is(${sort})`)) link.tabIndex = control.checked ? 0 : -1;
}

for (const control of switches) {
  if (!control.checked || root.dataset[control.name] === "off") skip({ name: control.name, checked: false });
  control.addEventListener("change", () => skip(control));
}
