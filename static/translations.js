/* Beside wagtail-localize's editor: when the portal refuses a save because another person saved meanwhile,
   show what that person saved. The addresses of the saves name the version on screen (conflicts/translations.py);
   the editor itself keeps what was typed. */
(() => {
  "use strict";

  const OK = 200;
  const CONFLICT = 409;
  const editor = document.querySelector(".js-translation-editor");
  if (!editor) return;

  const saves = new Set(
    JSON.parse(editor.dataset.props)
      .segments.filter((segment) => segment.editUrl)
      .map((segment) => new URL(segment.editUrl, document.baseURI).href),
  );

  const announceConflict = async (address) => {
    const answer = await fetch(`${address}&conflict`);
    if (answer.status !== OK) return;
    const { sentence } = await answer.json();
    document.dispatchEvent(
      new CustomEvent("w-messages:add", { detail: { clear: true, text: sentence, type: "error" } }),
    );
  };

  // A browser that does not report the status of a request asks after each save; 204 means no conflict.
  new PerformanceObserver((list) => {
    for (const { name, responseStatus = CONFLICT } of list.getEntries())
      if (saves.has(name) && responseStatus === CONFLICT) announceConflict(name);
  }).observe({ type: "resource" });
})();
