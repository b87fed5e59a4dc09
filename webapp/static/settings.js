/* What the reader has chosen before, put on the page before it is painted: data-size="large" and the like on the root. A plain
   script, not a module, because modules wait for the whole page. reader.js keeps the choices. */

{
  const root = document.documentElement;
  try {
    Object.assign(root.dataset, JSON.parse(localStorage.getItem("reading-settings") ?? "{}"));
  } catch {
    /* No storage, or something else in it: the page as it comes. */
  }

  /* Sheets of paper have the title above; style alone cannot know it. */
  root.style.setProperty("--running-title", JSON.stringify(document.title.split(" · ")[0]));

  /* Notes leave the end of the page before it is painted, so that nothing moves. notes.js puts them in their places; where it
     does not run they stay at the end. */
  root.dataset.notes = "beside";
  document.addEventListener("DOMContentLoaded", () => {
    if (!root.style.getPropertyValue("--notes-end")) root.dataset.notes = "end";
  });
}
