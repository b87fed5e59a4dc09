/* The contents of a long text: who comes with the address of a passage is led on to the part that has it. */

const id = decodeURIComponent(location.hash.slice(1));

if (id && !document.getElementById(id)) {
  location.replace(`${document.querySelector("[data-parts]").dataset.parts}?passage=${encodeURIComponent(id)}`);
}
