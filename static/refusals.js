/* Input that cannot be understood gets a 400 with a message. Wagtail's scripts show nothing of an error
   response: this script shows the message in place of the response, or as a global message. */
(() => {
  "use strict";

  const BAD_REQUEST = 400;

  const announce = (text) =>
    document.dispatchEvent(new CustomEvent("w-messages:add", { detail: { clear: true, text, type: "error" } }));

  // Listings filtered without a page load: the fragment with the message replaces the listing.
  document.addEventListener("w-swap:error", async (event) => {
    if (event.detail.error?.status !== BAD_REQUEST) return;
    const answer = await fetch(event.detail.requestUrl, { headers: { "x-requested-with": "XMLHttpRequest" } });
    if (answer.status === BAD_REQUEST) event.target.innerHTML = await answer.text();
  });

  // Chooser modals and their forms.
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
