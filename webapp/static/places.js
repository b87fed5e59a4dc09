/* Places in a page. */

/** The element that a link within the page leads to, if there is one. */
export function placeOf(link) {
  return document.getElementById(decodeURIComponent(link.hash.slice(1)));
}

/** Follow a link within the page; what is in view already is marked where it stands, without a jump. */
export function follow(link) {
  const top = placeOf(link).getBoundingClientRect().top;
  const scrolled = scrollY;
  location.hash = link.hash;
  if (top >= 0 && top < innerHeight - 48) scrollTo({ top: scrolled, behavior: "instant" });
}

/** Whether a click asks for nothing but what the page does: not for a new tab, a window, a download. */
export function isPlain(event) {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey && !event.defaultPrevented;
}
