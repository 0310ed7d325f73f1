// The stylesheet shows the definition of a word while the pointer or the focus is on it. Escape hides it until both
// have left (WCAG 1.4.13). Without this script the word still leads to its definition at the foot of the page.
const words = document.querySelectorAll(".term[data-definition]");
const isShown = (word) => word.matches(":hover, :focus");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const word of words) word.classList.toggle("is-dismissed", isShown(word));
});
for (const word of words) {
  for (const name of ["blur", "mouseleave"]) {
    word.addEventListener(name, () => { if (!isShown(word)) word.classList.remove("is-dismissed"); });
  }
}
