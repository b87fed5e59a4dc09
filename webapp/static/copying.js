/* Words to the clipboard. */

/** Copy words; the promise fails where the browser does not allow it. */
export async function copy(words) {
  if (navigator.clipboard) return navigator.clipboard.writeText(words);
  /* Without https there is only the old way. */
  const put = (event) => {
    event.clipboardData.setData("text/plain", words);
    event.preventDefault();
  };
  document.addEventListener("copy", put, { once: true });
  document.execCommand("copy");
  document.removeEventListener("copy", put);
}
