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

  let busy = false;
  let waiting = null; // the button that was pressed while the server answered

  // What is typed while the server answers belongs to the row that was asked for.
  const holdTyping = () => {
    const input = document.createElement("input");
    input.className = "w-sr-only";
    input.setAttribute("aria-hidden", "true");
    form.after(input);
    input.focus();
    return input;
  };

  // The titles from the axis down to the row: its place changes, and other rows may have its title.
  const trail = (row) => (row ? [...trail(parent(row)), row.querySelector("[name=title]").value] : []);
  const inputs = (row) => [...row.querySelectorAll("[name=code], [name=title]")];

  // The rows as they are now, each with what finds it again among the rows of the answer.
  const listRows = () => {
    const seen = {};
    return rows().map((row) => {
      const path = trail(row).join("\n");
      seen[path] = (seen[path] || 0) + 1;
      return { row, path, place: seen[path], values: inputs(row).map((input) => input.value) };
    });
  };

  // The rows of the answer, by the rows that were sent.
  const matchRows = (sent) => {
    const fresh = listRows();
    const find = (one) => fresh.find((other) => other.path === one.path && other.place === one.place);
    return new Map(sent.map((one) => [one.row, (find(one) || {}).row]));
  };

  // Brings what was typed while the server answered into its rows.
  const bringTyping = (sent, matched) => {
    for (const one of sent.filter(({ row }) => matched.get(row))) {
      inputs(one.row).forEach((input, number) => {
        if (input.value !== one.values[number]) inputs(matched.get(one.row))[number].value = input.value;
      });
    }
  };

  // The control of the answer in the place of one that the answer replaced.
  const findAgain = (control, matched) => {
    const controls = (row) => [...row.querySelectorAll("a, button, input:not([type=hidden])")];
    const row = control.closest("[data-row]");
    const now = matched.get(row);
    return now ? controls(now)[controls(row).indexOf(control)] : null;
  };

  const show = async (action, focus) => {
    busy = true;
    const sent = listRows();
    const body = new FormData(form);
    body.set("do", action);
    const typed = action.startsWith("add-") ? holdTyping() : null;
    const response = await fetch(window.location.href, { method: "POST", body }).catch(() => ({ ok: false, text: () => "" }));
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("outline");
    busy = false;
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
    const active = document.activeElement;
    document.getElementById("outline").replaceWith(fresh);
    dirty = true;
    const matched = matchRows(sent);
    bringTyping(sent, matched);
    const added = fresh.dataset.added;
    // Who went on to another control, with the keyboard or a finger, goes on there.
    const target = added ? document.getElementById(`title-${added}`) : findAgain(active, matched) || (focus && focus());
    if (target && typed) target.value = typed.value;
    if (typed) typed.remove();
    if (target) target.focus();
    const pressed = waiting && waiting();
    waiting = null;
    if (pressed) pressed.click();
  };

  // The button of a row in the fresh rows.
  const findButton = (step, titles) => {
    const row = rows().find((other) => trail(other).join("\n") === titles.join("\n"));
    return row && row.querySelector(`[value="${step}-${row.dataset.row}"]`);
  };

  form.addEventListener("submit", (event) => {
    const action = event.submitter ? event.submitter.value : "save";
    if (action === "save" || event.submitter.hidden) {
      dirty = false;
      return;
    }
    event.preventDefault();
    const [step] = action.split("-");
    const moves = step === "up" || step === "down";
    const row = event.submitter.closest("[data-row]");
    const titles = trail(row);
    if (busy) {
      if (moves) waiting = () => findButton(step, titles);
      return;
    }
    // After a move the focus follows the row, so that the button can be pressed again.
    show(action, moves ? () => findButton(step, titles) : null);
  });

  form.addEventListener("input", () => { dirty = true; });

  // Enter in a title begins the next row of the same kind.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.name !== "title" || event.isComposing) return;
    event.preventDefault();
    if (!busy) show(event.target.closest("[data-row]").dataset.add);
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
    if (!row || busy) return;
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
