/* Beside Wagtail's form that saves itself. Four of its moments lose or double what an author did:
   a hand that saves while the form is saving; a comment written while the answer is under way, which
   Wagtail replaces with what the portal knew before; and whatever is changed before Wagtail takes its
   initial copy of the form, or while the answer is under way: Wagtail takes that for saved. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-edit-form][data-controller~='w-autosave']");
  if (!form) return;

  let underWay = null; // what is being saved: the comments on screen when it began
  let handedIn = false;
  let waiting = null; // the button that was pressed meanwhile
  let putOff = null; // the reason of a save that waits for a comment to be finished
  let typed = false; // since the form opened, or was last sent
  let sent = ""; // the form's fields as last sent, in the notation of w-unsaved

  const controller = (name) => window.wagtail.app.getControllerForElementAndIdentifier(form, name);
  const save = (reason) => controller("w-autosave")?.save(reason);

  const app = () => window.comments?.commentApp;
  const comments = () => app()?.store.getState().comments.comments;
  const unsaved = () => app()?.selectors.selectIsDirty(app().store.getState()) ?? false;
  const open = ({ mode }) => ["creating", "editing"].includes(mode);
  const unfinished = (one) => one.newReply || open(one) || [...one.replies.values()].some(open);
  const beingWritten = () => [...(comments()?.values() ?? [])].some(unfinished);

  // What was sent comes back with its number: written meanwhile, it would be lost or sent twice.
  const hold = (held) => document.querySelector("#comments")?.toggleAttribute("inert", held);

  const resume = () => {
    if (!putOff || underWay || beingWritten()) return;
    const reason = putOff;
    putOff = null;
    save(reason);
  };

  form.addEventListener("input", ({ isTrusted }) => {
    typed ||= isTrusted;
  });
  // Some seconds after the form opened, and again when w-init has left: each copy takes the place of the one before.
  form.addEventListener("w-unsaved:watch-edits", (event) => {
    if (typed && !underWay) save(event);
  });

  // The answer itself numbers the rows that are new.
  const changedMeanwhile = ({ field_updates: numbers = {} }) => {
    const fields = new URLSearchParams(sent);
    Object.entries(numbers).forEach(([name, value]) => fields.has(name) && fields.set(name, value));
    return fields.toString() !== controller("w-unsaved").formData;
  };

  window.addEventListener("w-autosave:save", (event) => {
    if (handedIn) return event.preventDefault();
    if (unsaved() && beingWritten()) {
      putOff = event.detail.trigger;
      return event.preventDefault();
    }
    typed = false;
    sent = controller("w-unsaved").formData;
    underWay = { comments: comments(), sent: unsaved() };
    hold(underWay.sent);
  });

  window.addEventListener(
    "w-autosave:success",
    ({ detail }) => {
      const changed = underWay && comments() !== underWay.comments;
      if (!underWay?.sent && (changed || beingWritten())) delete detail.data.comments;
    },
    { capture: true },
  );

  const finished = (event) => {
    underWay = null;
    hold(false);
    if (!waiting) {
      if (event.type === "w-autosave:success" && changedMeanwhile(event.detail.data)) save(event);
      return resume();
    }
    const button = waiting;
    waiting = null;
    form.requestSubmit(button);
  };
  window.addEventListener("w-autosave:success", finished);
  window.addEventListener("w-autosave:error", finished);

  document.addEventListener(
    "submit",
    (event) => {
      if (event.target !== form) return;
      if (underWay && !waiting && event.submitter) {
        waiting = event.submitter;
        event.preventDefault();
        event.stopImmediatePropagation();
      } else {
        handedIn = true;
      }
    },
    { capture: true },
  );
  window.addEventListener("pageshow", () => {
    handedIn = false;
  });

  document.addEventListener("w-comments:init", () => setTimeout(() => app()?.store.subscribe(resume)), { once: true });
})();
