/* A button at each [data-copy] of a .copyable section, which copies its words and says so. */

import { copy } from "./copying.js";

for (const words of document.querySelectorAll(".copyable > [data-copy]")) {
  const heading = words.parentElement.querySelector("h2");
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Copy" });
  const said = document.createElement("p");
  button.id = `copy-${heading.id}`;
  button.setAttribute("aria-labelledby", `${button.id} ${heading.id}`);
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    said.textContent = "";
    await copy(words.textContent.trim()).then(
      () => (said.textContent = "Copied"),
      () => (said.textContent = "Not copied: the browser does not allow it"),
    );
  });
  heading.after(button, said);
}
