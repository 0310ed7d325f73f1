/* Search results without a page load: htmx swaps the results of the form and its links.
   Without this file, or without htmx, they are a plain form and plain links.
   It must load before htmx, which starts at once and would handle every link. */
(() => {
  "use strict";

  const REGION = "busqueda";

  /* Only links to other results are swapped; links to pages and files are followed. */
  document.addEventListener("htmx:before:init", (event) => {
    const link = event.target.closest("a");
    if (link && !(link.getAttribute("href") || "").startsWith("?")) event.preventDefault();
  });

  /* After input in the box the focus stays there and the total is announced; after a link it moves to the total. */
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

  /* On an error the page is loaded: it shows the message itself. */
  const load = (event) => {
    const context = event.detail.ctx;
    if (context && context.target && context.target.id === REGION) window.location.assign(context.request.action);
  };
  document.addEventListener("htmx:response:error", load);
  document.addEventListener("htmx:error", load);
})();
