/* Wagtail's date picker replaces a date that it cannot read with that of now when the field loses the focus, and
   changes it with the mouse wheel. What was typed stays, and the server refuses it on its field. */
(() => {
  "use strict";

  Object.assign(window.jQuery.fn.datetimepicker.defaults, { validateOnBlur: false, scrollInput: false });
})();
