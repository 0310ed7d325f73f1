/* Send a restored form with the CSRF token of now: it changed when its author signed in again in another window.
   Without this script the portal shows the form once more. */
(() => {
  "use strict";

  document.querySelector(".js-form-recovery")?.addEventListener("submit", (event) => {
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    if (token) event.target.elements.csrfmiddlewaretoken.value = token[1];
  });
})();
