/* Notes where they are needed. On a wide screen each stands beside the text at the height of its marker; elsewhere, and where
   there are too many for the margin, a marker opens its note under the line and closes it again. The list at the end of the text
   stays the one place of the notes, for those who listen to the page too: beside the text it is the same list, moved by style. */

import { follow, isPlain, placeOf } from "./places.js";

const root = document.documentElement;
const text = document.querySelector(".leaf-text");
const refs = [...document.querySelectorAll("a.note-ref")].filter(placeOf);
const wide = matchMedia("(width >= 70rem)");

/** In pixels: from the middle of a marker up to the top of its note; between two notes; how far below its marker a note may stand. */
const LIFT = 6;
const GAP = 12;
const FAR = 600;

/* Beside the text */

const isBeside = () => wide.matches && root.dataset.notes === "beside";

/** Where a note would stand: its first line at that of the marker. One that is called from another note follows that. */
function wished(ref) {
  const outer = ref.closest(".note-list > li");
  const caller = outer && refs.find((each) => placeOf(each) === outer);
  if (caller) return wished(caller) + 0.1;
  let shown = ref;
  while (!shown.getClientRects().length) shown = shown.parentElement;
  const marker = shown.getClientRects()[0];
  return (marker.top + marker.bottom) / 2 - LIFT - text.getBoundingClientRect().top;
}

function place() {
  if (!wide.matches) return;
  root.dataset.notes = "beside";
  const wishes = refs.map((ref) => [wished(ref), placeOf(ref), placeOf(ref).offsetHeight]).sort(([one], [other]) => one - other);
  let end = 0;
  let farthest = 0;
  for (const [wish, note, height] of wishes) {
    const top = Math.max(wish, end);
    farthest = Math.max(farthest, top - wish);
    note.style.setProperty("--note-top", `${top}px`);
    end = top + height + GAP;
  }
  root.style.setProperty("--notes-end", `${end}px`);
  if (farthest > FAR) root.dataset.notes = "end";
}

/* Under the line */

const opened = new Map();

/** A copy of a note for its place in the text, without what belongs to the list. */
function copyOf(note, ref) {
  const copy = note.cloneNode(true);
  for (const each of copy.querySelectorAll(".note-back, .permalink, .note-here")) each.remove();
  for (const each of copy.querySelectorAll("[id]")) each.removeAttribute("id");
  const here = document.createElement("span");
  here.className = `note-here ${note.classList.contains("editorial") ? "editorial" : ""}`;
  here.id = `here:${note.id}`;
  here.lang = (note.closest("[lang]") ?? root).lang;
  here.dir = (note.closest("[dir]") ?? root).dir;
  here.setAttribute("role", "note");
  here.setAttribute("aria-label", ref.getAttribute("aria-label"));
  here.append(...copy.childNodes);
  return here;
}

function open(ref) {
  const here = copyOf(placeOf(ref), ref);
  (ref.closest("h1, h2, h3, h4, h5, h6") ?? ref).after(here);
  opened.set(ref, here);
  ref.setAttribute("aria-expanded", "true");
  ref.setAttribute("aria-controls", here.id);
}

function close(ref) {
  opened.get(ref).remove();
  opened.delete(ref);
  ref.setAttribute("aria-expanded", "false");
  ref.removeAttribute("aria-controls");
}

/** Tell those who listen what a marker does here: it leads to its note, or opens it. */
function prepare() {
  for (const ref of [...opened.keys()]) close(ref);
  for (const ref of refs) {
    if (isBeside()) ref.removeAttribute("aria-expanded");
    else ref.setAttribute("aria-expanded", "false");
  }
}

function arrange() {
  const before = isBeside();
  place();
  if (isBeside() !== before) prepare();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.note-ref, a.note-back");
  if (!link || !isPlain(event) || !placeOf(link)) return;
  event.preventDefault();
  if (isBeside() || !refs.includes(link)) follow(link);
  else if (opened.has(link)) close(link);
  else open(link);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !opened.size || document.querySelector(":popover-open")) return;
  const all = [...opened.keys()];
  const ref = all.find((each) => each === document.activeElement || opened.get(each).contains(document.activeElement)) ?? all.at(-1);
  close(ref);
  ref.focus();
});

if (refs.length) {
  place();
  prepare();
  if (isBeside() && refs.some((ref) => placeOf(ref).matches(":target"))) document.querySelector(":target").scrollIntoView();
  wide.addEventListener("change", () => {
    place();
    prepare();
  });
  const seen = new ResizeObserver(arrange);
  seen.observe(text.firstElementChild);
  for (const ref of refs) seen.observe(placeOf(ref));
  document.addEventListener("change", arrange);
}
