/* Beside wagtail-localize's editor: each save says which text was on screen, so that nobody writes over
   what somebody else saved meanwhile. What was typed stays in its place when the portal says no. */
(() => {
  "use strict";

  const CONFLICT = 409;
  const editor = document.querySelector(".js-translation-editor");
  if (!editor) return;

  const props = JSON.parse(editor.dataset.props);
  const addressOf = (type, id) =>
    props.segments.find((segment) => segment.type === type && segment.id === id)?.editUrl;
  const seen = new Map(
    props.segments
      .filter((segment) => ["string", "synchronised_value"].includes(segment.type))
      .map((segment) => [segment.editUrl, null]),
  );
  props.initialStringTranslations.forEach((one) => seen.set(addressOf("string", one.segment_id), one.data));
  props.initialOverrides.forEach((one) => seen.set(addressOf("synchronised_value", one.segment_id), one.data));

  const tell = (text) =>
    document.dispatchEvent(
      new CustomEvent("w-messages:add", { detail: { clear: true, text, type: "error" } }),
    );

  const send = window.fetch.bind(window);
  window.fetch = async (address, options = {}) => {
    if (!seen.has(address) || !["PUT", "DELETE"].includes(options.method)) return send(address, options);
    const body = options.body instanceof FormData ? options.body : new FormData();
    body.set("opened", JSON.stringify(seen.get(address)));
    const response = await send(address, { ...options, body });
    const answer = await response.clone().json().catch(() => ({}));
    if (response.status === CONFLICT) {
      tell(answer.sentence);
      seen.set(address, answer.data);
    } else if (response.ok) {
      seen.set(address, options.method === "DELETE" ? null : answer.data);
    }
    return response;
  };
})();
