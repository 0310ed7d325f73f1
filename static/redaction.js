/* Adds what is selected in the text to the words that are hidden, and sends the result back to the edit form that
   opened this window. Without this script words are typed and the result is copied. */
(() => {
  "use strict";

  const REDACTED = "abierto-redacted";
  const back = document.querySelector("[data-redaction-back]");
  if (back && window.opener && window.name.startsWith(REDACTED)) {
    back.hidden = false;
    back.addEventListener("click", () => {
      const text = document.querySelector(".redaction-result").value;
      window.opener.postMessage({ type: REDACTED, name: window.name, text }, window.location.origin);
      window.close();
    });
  }

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
