/* Fixes for Wagtail's autosave, which loses or duplicates input in four cases: a manual save during an
   autosave; a comment written during an autosave, which Wagtail replaces with the stored one; and input
   before Wagtail's initial copy of the form, or during an autosave, which Wagtail takes for saved. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-edit-form][data-controller~='w-autosave']");
  if (!form) return;

  let running = null; // the running autosave: the comments at its start
  let isSubmitted = false;
  let pressedButton = null; // the submit button pressed during the autosave
  let deferred = null; // the trigger of an autosave that waits for an unfinished comment
  let hasInput = false; // since the form opened, or the last autosave
  let sent = ""; // the fields of the last autosave, as w-unsaved serializes them

  const controller = (name) => window.wagtail.app.getControllerForElementAndIdentifier(form, name);
  const save = (reason) => controller("w-autosave")?.save(reason);

  const app = () => window.comments?.commentApp;
  const comments = () => app()?.store.getState().comments.comments;
  const hasUnsavedComments = () => app()?.selectors.selectIsDirty(app().store.getState()) ?? false;
  const open = ({ mode }) => ["creating", "editing"].includes(mode);
  const isUnfinished = (comment) => comment.newReply || open(comment) || [...comment.replies.values()].some(open);
  const hasUnfinishedComment = () => [...(comments()?.values() ?? [])].some(isUnfinished);

  // The response replaces new comments by numbered ones: input meanwhile would be lost or duplicated.
  const freezeComments = (inert) => document.querySelector("#comments")?.toggleAttribute("inert", inert);

  const resume = () => {
    if (!deferred || running || hasUnfinishedComment()) return;
    const reason = deferred;
    deferred = null;
    save(reason);
  };

  form.addEventListener("input", ({ isTrusted }) => {
    hasInput ||= isTrusted;
  });
  // Some seconds after the form opened, and again after w-init disconnects: each copy replaces the previous.
  form.addEventListener("w-unsaved:watch-edits", (event) => {
    if (hasInput && !running) save(event);
  });

  // The response itself numbers new rows.
  const hasChangedSince = ({ field_updates: numbers = {} }) => {
    const fields = new URLSearchParams(sent);
    Object.entries(numbers).forEach(([name, value]) => fields.has(name) && fields.set(name, value));
    return fields.toString() !== controller("w-unsaved").formData;
  };

  window.addEventListener("w-autosave:save", (event) => {
    if (isSubmitted) return event.preventDefault();
    if (hasUnsavedComments() && hasUnfinishedComment()) {
      deferred = event.detail.trigger;
      return event.preventDefault();
    }
    hasInput = false;
    sent = controller("w-unsaved").formData;
    running = { comments: comments(), sent: hasUnsavedComments() };
    freezeComments(running.sent);
  });

  window.addEventListener(
    "w-autosave:success",
    ({ detail }) => {
      const changed = running && comments() !== running.comments;
      if (!running?.sent && (changed || hasUnfinishedComment())) delete detail.data.comments;
    },
    { capture: true },
  );

  const finished = (event) => {
    running = null;
    freezeComments(false);
    if (!pressedButton) {
      if (event.type === "w-autosave:success" && hasChangedSince(event.detail.data)) save(event);
      return resume();
    }
    const button = pressedButton;
    pressedButton = null;
    form.requestSubmit(button);
  };
  window.addEventListener("w-autosave:success", finished);
  window.addEventListener("w-autosave:error", finished);

  document.addEventListener(
    "submit",
    (event) => {
      if (event.target !== form) return;
      if (running && !pressedButton && event.submitter) {
        pressedButton = event.submitter;
        event.preventDefault();
        event.stopImmediatePropagation();
      } else {
        isSubmitted = true;
      }
    },
    { capture: true },
  );
  window.addEventListener("pageshow", () => {
    isSubmitted = false;
  });

  document.addEventListener("w-comments:init", () => setTimeout(() => app()?.store.subscribe(resume)), { once: true });
})();
