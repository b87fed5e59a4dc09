/* A passage's sign (¶) opens what can be done with the passage: its link to take along, its other views. The parts are those of
   <template id="passage-tools">; in an address there, PASSAGE stands for the passage's id. Where the browser knows no popovers,
   the sign is the link it was. */

import { copy } from "./copying.js";
import { follow, isPlain } from "./places.js";

const template = document.getElementById("passage-tools");
const root = document.documentElement;

/** The sign whose tools are open, and the tools. */
let opened = null;

/** The passage's permanent address: that of the edition if the page knows it, else the one the page has here. */
function address(sign) {
  const page = document.querySelector('link[rel="canonical"]')?.href ?? location.origin + location.pathname;
  return page + sign.hash;
}

function toolsFor(sign) {
  const tools = template.content.firstElementChild.cloneNode(true);
  const name = sign.parentElement.dataset.label ?? "";
  tools.id = "passage-tools-open";
  tools.querySelector(".passage-name").textContent = name;
  for (const link of tools.querySelectorAll("a[href]")) {
    link.setAttribute("href", link.getAttribute("href").replaceAll("PASSAGE", sign.hash.slice(1)));
  }
  tools.querySelector("[data-copy-link]").addEventListener("click", async () => {
    const said = tools.querySelector("[role=status]");
    said.textContent = "";
    await copy(address(sign)).then(
      () => (said.textContent = `Link to ${name || "this place"} copied`),
      () => (said.textContent = address(sign)),
    );
  });
  return tools;
}

/** Under the sign, and within the window. */
function lay(tools, sign) {
  const box = sign.getBoundingClientRect();
  const left = Math.max(8, Math.min(box.left, root.clientWidth - tools.offsetWidth - 8));
  tools.style.setProperty("left", `${left + scrollX}px`);
  tools.style.setProperty("top", `${box.bottom + scrollY}px`);
}

function open(sign) {
  const tools = toolsFor(sign);
  opened = { sign, tools };
  sign.after(tools);
  sign.setAttribute("aria-expanded", "true");
  sign.setAttribute("aria-controls", tools.id);
  sign.focus({ preventScroll: true });
  tools.addEventListener("toggle", (event) => {
    if (event.newState === "closed") forget(sign, tools);
  });
  tools.showPopover();
  lay(tools, sign);
  tools.querySelector("button, a").focus({ preventScroll: true });
}

function forget(sign, tools) {
  tools.remove();
  if (opened?.tools !== tools) return;
  opened = null;
  sign.removeAttribute("aria-expanded");
  sign.removeAttribute("aria-controls");
}

if (template && "popover" in root) {
  /* The browser closes the tools at a press outside them, on their sign too; the click that follows must not open them again. */
  let pressed = null;
  document.addEventListener("pointerdown", () => (pressed = opened?.sign), true);
  document.addEventListener("click", (event) => {
    const sign = event.target.closest?.("a.permalink");
    const wasOpen = sign && (sign === pressed || sign === opened?.sign);
    pressed = null;
    if (!sign || !isPlain(event)) return;
    event.preventDefault();
    if (wasOpen) {
      opened?.tools.hidePopover();
    } else {
      follow(sign);
      open(sign);
    }
  });
  document.addEventListener("focusin", (event) => {
    if (opened && event.target !== opened.sign && !opened.tools.contains(event.target)) opened.tools.hidePopover();
  });
}
