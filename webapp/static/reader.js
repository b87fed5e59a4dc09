/* Comforts of every page: it keeps what the reader chooses, marks the section being read, and changes views at the same passage. */

const root = document.documentElement;

/* Settings: radio buttons and checkboxes within [data-settings]. Style follows the controls themselves; what differs from the
   page as it comes is put on the root for the pages to come, where settings.js finds it. */

const panel = document.querySelector("[data-settings]");
const controls = [...(panel?.querySelectorAll("input[name]") ?? [])];
const names = new Set(controls.map((control) => control.name));

function chosen(name) {
  const [control] = controls.filter((each) => each.name === name && (each.type === "checkbox" || each.checked));
  if (control.checked === control.defaultChecked) return undefined;
  return control.checked ? control.value : "off";
}

/** What was chosen on any page. */
function stored() {
  try {
    return JSON.parse(localStorage.getItem("reading-settings")) ?? {};
  } catch {
    return {};
  }
}

function keep() {
  const kept = stored();
  for (const name of names) {
    const value = chosen(name);
    delete kept[name];
    delete root.dataset[name];
    if (value !== undefined) root.dataset[name] = kept[name] = value;
  }
  try {
    localStorage.setItem("reading-settings", JSON.stringify(kept));
  } catch {
    /* No storage: the choice holds for this page. */
  }
}

function show() {
  for (const control of controls) {
    const value = root.dataset[control.name];
    if (value === control.value) control.checked = true;
    else if (value === "off") control.checked = false;
  }
}

if (panel) {
  show();
  panel.addEventListener("change", keep);
}

/* The contents */

const links = [...document.querySelectorAll(".contents a")];
const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
let current = -1;

function markSection() {
  const line = innerHeight / 3;
  const here = headings.findLastIndex((heading) => heading && heading.getBoundingClientRect().top < line);
  if (here === current) return;
  links[current]?.removeAttribute("aria-current");
  current = here;
  links[current]?.setAttribute("aria-current", "true");
  if (links[current]) reveal(links[current]);
}

/** Scroll the contents, not the page, until the link can be seen. */
function reveal(link) {
  const box = link.closest(".contents");
  if (getComputedStyle(box).position !== "sticky") return;
  const { top, bottom } = link.getBoundingClientRect();
  const frame = box.getBoundingClientRect();
  if (top < frame.top || bottom > frame.bottom) box.scrollTop += top - frame.top - frame.height / 2;
}

if (links.length) {
  let waiting = 0;
  addEventListener(
    "scroll",
    () => {
      waiting ||= requestAnimationFrame(() => {
        waiting = 0;
        markSection();
      });
    },
    { passive: true },
  );
  markSection();
}

/* Other views of the text share the addresses of its passages. */

/** The address within the page of the passage being read: the one that a link has led to, while it is in view, or else the first
    that ends in the window's lower three quarters; by the link that each has to itself or to its place in another view. Nothing at
    the head of the page. */
function passageHere() {
  const signs = [...document.querySelectorAll(".tei-text .permalink, .xml-source .to-page")];
  const boxes = signs.map((sign) => sign.parentElement.getBoundingClientRect());
  const target = signs.findIndex((sign) => sign.parentElement.matches(":target"));
  if (target >= 0 && boxes[target].bottom > 0 && boxes[target].top < innerHeight) return signs[target].hash;
  const first = boxes.findIndex((box) => box.bottom > innerHeight / 4);
  return first > 0 ? signs[first].hash : "";
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-same-passage]");
  if (link) link.hash = passageHere();
});
