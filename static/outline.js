// The outline of a plan without loading the page again, and rows that can be dragged among their siblings.
// Everything works without this script: each button posts the form and the server answers with the new rows.
(() => {
  const form = document.querySelector("[data-outline]");
  if (!form) return;

  let dirty = document.getElementById("outline").dataset.changed === "true";
  const rows = () => [...form.querySelectorAll("[data-row]")];
  const level = (row) => Number(row.dataset.level);

  // A row with those below it.
  const branch = (row) => {
    const all = rows();
    const start = all.indexOf(row);
    const next = all.slice(start + 1).findIndex((other) => level(other) <= level(row));
    return next < 0 ? all.slice(start) : all.slice(start, start + 1 + next);
  };

  const parent = (row) => {
    const before = rows().slice(0, rows().indexOf(row));
    return before.reverse().find((other) => level(other) < level(row));
  };

  const show = async (action, focus) => {
    const body = new FormData(form);
    body.set("do", action);
    const response = await fetch(window.location.href, { method: "POST", body });
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("outline");
    if (!response.ok || !fresh) {
      // What the server refuses is shown as the server shows it.
      const button = document.createElement("button");
      button.name = "do";
      button.value = action;
      button.hidden = true;
      form.append(button);
      form.requestSubmit(button);
      return;
    }
    document.getElementById("outline").replaceWith(fresh);
    dirty = true;
    const added = fresh.dataset.added;
    const target = added ? document.getElementById(`title-${added}`) : focus && focus(fresh);
    if (target) target.focus();
  };

  form.addEventListener("submit", (event) => {
    const action = event.submitter ? event.submitter.value : "save";
    if (action === "save" || event.submitter.hidden) {
      dirty = false;
      return;
    }
    event.preventDefault();
    const [step, place] = action.split("-");
    const moves = step === "up" || step === "down";
    const title = moves ? document.getElementById(`title-${place}`).value : "";
    // After a move the focus follows the row, so that the button can be pressed again.
    const follow = (fresh) => {
      const row = [...fresh.querySelectorAll("[data-row]")].find((other) => other.querySelector("[name=title]").value === title);
      return row && row.querySelector(`[value="${step}-${row.dataset.row}"]`);
    };
    show(action, moves ? follow : null);
  });

  form.addEventListener("input", () => { dirty = true; });

  // Enter in a title begins the next row of the same kind.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.name !== "title" || event.isComposing) return;
    event.preventDefault();
    show(event.target.closest("[data-row]").dataset.add);
  });

  window.addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });

  // Dragging: by the name of the kind, among the rows with the same row above.
  let dragged = null;
  form.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-movable]");
    if (!dragged) return;
    dragged.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
  });
  const target = (event) => {
    const row = event.target.closest && event.target.closest("[data-movable]");
    const fits = dragged && row && row !== dragged && level(row) === level(dragged) && parent(row) === parent(dragged);
    return fits ? row : null;
  };
  form.addEventListener("dragover", (event) => {
    const row = target(event);
    form.querySelectorAll(".is-target").forEach((other) => other.classList.toggle("is-target", other === row));
    if (row) {
      row.classList.add("is-target");
      event.preventDefault();
    }
  });
  form.addEventListener("drop", (event) => {
    const row = target(event);
    if (!row) return;
    event.preventDefault();
    const moved = branch(dragged);
    if (rows().indexOf(row) < rows().indexOf(dragged)) row.before(...moved);
    else branch(row).pop().after(...moved);
    show("show");
  });
  form.addEventListener("dragend", () => {
    form.querySelectorAll(".is-dragged, .is-target").forEach((row) => row.classList.remove("is-dragged", "is-target"));
    dragged = null;
  });
})();
