/* Both columns go to the topic that is chosen, and what stands above them stays in view. */

const desk = document.querySelector(".desk");
const head = desk.querySelector(".desk-head");
const columns = [...desk.querySelectorAll(".column")];

/** Whether each column scrolls by itself; where one text is shown at a time the page does. */
const isDesk = () => getComputedStyle(columns[0]).overflowY === "auto";

new ResizeObserver(() => document.documentElement.style.setProperty("--desk-head", `${head.offsetHeight}px`)).observe(head);

if (isDesk() && desk.querySelector("[data-chosen]")) {
  const space = 4 * parseFloat(getComputedStyle(document.documentElement).fontSize);
  for (const column of columns) {
    const first = column.querySelector(":target") ?? column.querySelector("[id][data-chosen]");
    if (first) column.scrollTop += first.getBoundingClientRect().top - column.getBoundingClientRect().top - space;
  }
  requestAnimationFrame(() => desk.scrollIntoView({ behavior: "instant" }));
}
