/* Results without loading the whole page again: htmx swaps what the form and its links already do.
   Without this file, or without htmx, they are a plain form and plain links.
   It is loaded before htmx, which begins as soon as it is there: else it could take every link for its own. */
(() => {
  "use strict";

  const REGION = "busqueda";

  /* Only what asks another question is swapped; what leads to a page, or to a file, leads there. */
  document.addEventListener("htmx:before:init", (event) => {
    const link = event.target.closest("a");
    if (link && !(link.getAttribute("href") || "").startsWith("?")) event.preventDefault();
  });

  /* Whoever wrote in the box stays there and hears the total; whoever followed a link is led to it. */
  document.addEventListener("htmx:after:swap", (event) => {
    if (!event.detail.ctx.target || event.detail.ctx.target.id !== REGION) return;
    const region = document.getElementById(REGION);
    const box = document.querySelector("input[name=q]");
    const total = document.getElementById("total");
    if (document.activeElement === box) {
      document.getElementById("anuncio").textContent = total.textContent;
    } else {
      box.value = region.dataset.query;
      total.focus({ preventScroll: true });
    }
    const top = box.form.getBoundingClientRect().top;
    if (top < 0) window.scrollBy({ top, behavior: "instant" });
  });

  /* What could not be swapped is loaded: the page itself says what is wrong. */
  const load = (event) => {
    const context = event.detail.ctx;
    if (context && context.target && context.target.id === REGION) window.location.assign(context.request.action);
  };
  document.addEventListener("htmx:response:error", load);
  document.addEventListener("htmx:error", load);
})();
