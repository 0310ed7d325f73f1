/* A form that waits while its author signs in again in another window: the token changes meanwhile.
   Without this file the portal asks her once more. */
(() => {
  "use strict";

  document.querySelector(".js-kept")?.addEventListener("submit", (event) => {
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    if (token) event.target.elements.csrfmiddlewaretoken.value = token[1];
  });
})();
