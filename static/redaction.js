/* Adds what is selected in the text to the words that are hidden. Without this script they are typed. */
(() => {
  "use strict";

  const text = document.querySelector("[data-redaction-text]");
  const words = document.querySelector("[data-redaction-words]");
  const hint = document.querySelector("[data-redaction-hint]");
  if (!text || !words || !hint) return;

  hint.hidden = false;
  hint.querySelector("[data-redaction-add]").addEventListener("click", () => {
    const selection = document.getSelection();
    const chosen = selection.toString().replace(/\s+/g, " ").trim();
    if (!chosen || !text.contains(selection.anchorNode)) return;
    words.value = [...words.value.split("\n").filter((line) => line.trim()), chosen].join("\n");
    words.dispatchEvent(new Event("change", { bubbles: true }));
  });
})();
