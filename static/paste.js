// A table pasted into a text keeps its rows and cells apart: the editor of Wagtail has no tables, and would join
// «León» and «1,200». Each row becomes a paragraph with its cells divided by « | ».
(() => {
  const SEPARATOR = " | ";

  const cellText = (cell) => cell.textContent.replace(/\s+/g, " ").trim();

  const writeRows = (table) => {
    const rows = [...table.rows].map((row) => [...row.cells].map(cellText));
    const paragraphs = rows.filter((cells) => cells.some(Boolean)).map((cells) => {
      const paragraph = table.ownerDocument.createElement("p");
      paragraph.textContent = cells.join(SEPARATOR);
      return paragraph;
    });
    table.replaceWith(...paragraphs);
  };

  document.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html"); // without a table in the event sent below
    if (!html || !/<table/i.test(html) || !event.target.closest?.(".Draftail-Editor")) return;
    const page = new DOMParser().parseFromString(html, "text/html");
    // The innermost first, so that a table inside a cell is part of its text.
    [...page.querySelectorAll("table")].reverse().forEach(writeRows);
    event.preventDefault();
    event.stopImmediatePropagation();
    const clipboard = new DataTransfer();
    clipboard.setData("text/html", page.body.innerHTML);
    clipboard.setData("text/plain", event.clipboardData.getData("text/plain"));
    const pasted = { bubbles: true, cancelable: true, clipboardData: clipboard };
    event.target.dispatchEvent(new ClipboardEvent("paste", pasted));
  }, true);
})();
