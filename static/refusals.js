/* What the portal does not understand is answered 400 with a sentence. Wagtail's scripts show nothing of
   an answer that is an error: here the sentence goes where the answer would have gone, or on top. */
(() => {
  "use strict";

  const BAD_REQUEST = 400;

  const announce = (text) =>
    document.dispatchEvent(new CustomEvent("w-messages:add", { detail: { clear: true, text, type: "error" } }));

  // Lists that are filtered without loading the page: the fragment says it in their place.
  document.addEventListener("w-swap:error", async (event) => {
    if (event.detail.error?.status !== BAD_REQUEST) return;
    const answer = await fetch(event.detail.requestUrl, { headers: { "x-requested-with": "XMLHttpRequest" } });
    if (answer.status === BAD_REQUEST) event.target.innerHTML = await answer.text();
  });

  // Windows of the choosers, and what is sent from them.
  const sentenceOf = (text) => {
    try {
      return JSON.parse(text).message;
    } catch {
      return new DOMParser().parseFromString(text, "text/html").body.textContent.trim();
    }
  };
  window.jQuery?.(document).on("ajaxError", (event, answer) => {
    if (answer.status === BAD_REQUEST) announce(sentenceOf(answer.responseText));
  });
})();
