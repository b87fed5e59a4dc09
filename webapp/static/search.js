/* Results without loading the page again: the same addresses, of which the result is taken. Where that fails, the link is followed. */

const result = document.querySelector("[data-result]");
const box = document.querySelector(".search-large");
let shown = location.search;
let asked = 0;

async function show(address, isNew) {
  const number = ++asked;
  result.ariaBusy = "true";
  const answer = await fetch(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (number !== asked) return;
  if (!answer.ok) throw new Error(answer.status);
  const isOpen = result.querySelector(".facets > details")?.open;
  result.replaceChildren(...page.querySelector("[data-result]").childNodes);
  result.ariaBusy = "false";
  document.querySelector(".ways").replaceWith(page.querySelector(".ways"));
  const kept = [...page.querySelectorAll(".search-large [type=hidden]")];
  box.querySelectorAll("[type=hidden]").forEach((each) => each.remove());
  box.append(...kept);
  box.elements.q.value = page.querySelector(".search-large [name=q]").value;
  if (isOpen) result.querySelector(".facets > details")?.setAttribute("open", "");
  document.title = page.title;
  if (isNew) history.pushState(null, "", address);
  shown = location.search;
  const heading = document.getElementById("found");
  if (isNew) heading?.focus();
}

const go = (address, isNew = true) => show(address, isNew).catch(() => location.assign(address));

addEventListener("click", (event) => {
  const link = event.target.closest("[data-result] a");
  const isPlain = !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!link || !isPlain || link.origin + link.pathname !== location.origin + location.pathname) return;
  event.preventDefault();
  go(link.href);
});

addEventListener("submit", (event) => {
  const form = event.target;
  if (form.action.split("?")[0] !== location.origin + location.pathname) return;
  event.preventDefault();
  const given = [...new FormData(form)].filter(([, value]) => value);
  go(`${location.pathname}?${new URLSearchParams(given)}`);
});

addEventListener("popstate", () => {
  if (location.search !== shown) go(location.href, false);
});
