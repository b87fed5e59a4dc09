/* From match to match in a text: the focus goes along, so that Enter goes on, and n and p go forth and back while it is there. */

let way = "next";

addEventListener("click", (event) => (way = event.target.closest?.(".hit-steps a, [data-hits] a")?.rel || way));

addEventListener("hashchange", () => {
  if (!document.querySelector("mark:target")) return;
  const shown = [...document.querySelectorAll(".hit-steps")].find((each) => each.checkVisibility());
  (shown?.querySelector(`[rel=${way}]`) ?? shown?.querySelector("a"))?.focus({ preventScroll: true });
});

addEventListener("keydown", (event) => {
  const rel = { n: "next", p: "prev" }[event.key];
  const here = event.target.closest?.(".hit-steps, [data-hits]");
  if (rel && here && !event.ctrlKey && !event.metaKey && !event.altKey) here.querySelector(`[rel=${rel}]`)?.click();
});
