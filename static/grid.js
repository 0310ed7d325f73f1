// «Mis compromisos» as a spreadsheet: arrows and Enter move between the cells, and what was copied from Excel fills
// them from the cell in which it is pasted. Everything works without this script, with Tab.
(() => {
  const form = document.getElementById("commitment-grid");
  if (!form) return;

  const COLUMNS = ["percent", "stage", "note", "evidence_title", "evidence_url"];
  const status = form.querySelector("[data-grid-status]");
  const table = () =>
    [...form.querySelectorAll(".grid-row")].map((row) =>
      COLUMNS.map((column) => row.querySelector(`[name$="-${column}"]`)),
    );

  const find = (cell) => {
    const rows = table();
    const row = rows.findIndex((cells) => cells.includes(cell));
    return row < 0 ? null : { rows, row, column: rows[row].indexOf(cell) };
  };

  // Moves to another cell and selects what is in it, as a spreadsheet does.
  const move = (place, down, right) => {
    const target = place.rows[place.row + down]?.[place.column + right];
    if (!target) return false;
    target.focus();
    target.select();
    return true;
  };

  const isWhole = ({ selectionStart, selectionEnd, value }) => selectionStart === 0 && selectionEnd === value.length;

  // An arrow leaves a cell from its edge, so that the text of a cell can still be corrected.
  const STEPS = {
    ArrowUp: (cell) => (isWhole(cell) || cell.selectionStart === 0 || cell.tagName === "INPUT") && [-1, 0],
    ArrowDown: (cell) =>
      (isWhole(cell) || cell.selectionEnd === cell.value.length || cell.tagName === "INPUT") && [1, 0],
    ArrowLeft: (cell) => (isWhole(cell) || cell.selectionEnd === 0) && [0, -1],
    ArrowRight: (cell) => (isWhole(cell) || cell.selectionStart === cell.value.length) && [0, 1],
    Enter: (cell, isBack) => [isBack ? -1 : 1, 0],
  };

  form.addEventListener("keydown", (event) => {
    const place = STEPS[event.key] && !event.isComposing && find(event.target);
    if (!place || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.shiftKey && event.key !== "Enter") return;
    const step = STEPS[event.key](event.target, event.shiftKey);
    if (!step) return;
    const moved = move(place, ...step);
    // Enter never sends the form from a cell, not even from the last one.
    if (moved || event.key === "Enter") event.preventDefault();
  });

  // The rows of copied cells: tabs between cells; a cell with tabs or line breaks has quotes around it.
  const parse = (text) => {
    const rows = [[]];
    const cells = /(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/y;
    for (let found = cells.exec(text); found; found = cells.exec(text)) {
      rows[rows.length - 1].push((found[1] === undefined ? found[2] : found[1].replaceAll('""', '"')).trim());
      if (!found[3]) break;
      if (found[3] === "\n") rows.push([]);
    }
    return rows;
  };

  form.addEventListener("paste", (event) => {
    const place = find(event.target);
    const text = (event.clipboardData?.getData("text/plain") || "").replace(/\r\n?/g, "\n").replace(/\n$/, "");
    // Several lines without a tab are the text of a note.
    const isTable = text.includes("\t") || (text.includes("\n") && event.target.tagName === "INPUT");
    if (!place || !isTable) return;
    event.preventDefault();
    let filled = 0;
    let left = 0;
    parse(text).forEach((cells, down) =>
      cells.forEach((value, right) => {
        const cell = place.rows[place.row + down]?.[place.column + right];
        if (!cell) {
          left += 1;
          return;
        }
        cell.value = value;
        cell.dispatchEvent(new Event("input", { bubbles: true }));
        cell.dispatchEvent(new Event("change", { bubbles: true }));
        filled += 1;
      }),
    );
    if (status) {
      const sentences = [`${status.dataset.filled} ${filled}.`, left && `${status.dataset.left} ${left}.`];
      status.textContent = sentences.filter(Boolean).join(" ");
    }
  });
})();
