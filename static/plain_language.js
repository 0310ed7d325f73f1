/* Measures the texts of an edit form while they are typed: the score and what the rules find are listed in the
   checks panel and under each field, and marked in the rich texts. The server has the rules (abierto.language). */
(() => {
  "use strict";

  const panel = document.querySelector("[data-plain-language]");
  const form = document.querySelector("form[data-edit-form]");
  if (!panel || !form) return;

  const WAIT_MS = 600;
  const TOO_LONG = 413;
  const SUMMARY = "summary";
  const PRIVATE_DATA = "private-data";
  // Comments, the form's own copy of a rich text, and what a document says word for word.
  const NOT_PROSE = "[hidden], .Draftail-Editor, #comments, [data-plain-language-skip]";
  const NOTE = "[data-plain-language-for]";
  const section = panel.parentElement;
  const template = (name) => section.querySelector(`template[data-plain-language-${name}]`).content;
  const part = (root, name) => root.querySelector(`[data-plain-language-${name}]`);

  // The texts, in the order of the form. A rich text has a line for each of its paragraphs.
  const paragraphs = (editor) =>
    [...editor.querySelectorAll("[data-block='true']")].filter((block) => !block.closest("[contenteditable='false']"));
  const richText = (editor) => ({ element: editor, text: paragraphs(editor).map((p) => p.textContent).join("\n") });
  const isHidden = (element) => element.type === "hidden" || element.closest(NOT_PROSE);

  const collect = () => {
    const found = [];
    let summary = null;
    const selector = ".public-DraftEditor-content, textarea, input[name='summary'], input[name$='-value-text']";
    form.querySelectorAll(selector).forEach((element, index) => {
      if (element.matches(".public-DraftEditor-content")) {
        found.push({ key: `text-${index}`, ...richText(element) });
      } else if (!isHidden(element) || element.name === SUMMARY) {
        const level = form.querySelector(`select[name='${CSS.escape(element.name.replace(/-text$/, "-level"))}']`);
        if (element.name === SUMMARY) summary = { key: SUMMARY, element, text: element.value };
        else if (element.matches("textarea")) found.push({ key: `text-${index}`, element, text: element.value });
        else if (level) found.push({ key: `text-${index}`, element, text: element.value, level: Number(level.value) });
      }
    });
    return { found: found.filter(({ text }) => text.trim()), summary };
  };

  // A range of a rich text from offsets in its text, in which a line end joins the paragraphs.
  const rangeOf = (editor, start, end) => {
    const range = document.createRange();
    let offset = 0;
    let isOpen = false;
    for (const paragraph of paragraphs(editor)) {
      const nodes = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
      while (nodes.nextNode()) {
        const node = nodes.currentNode;
        if (!isOpen && start < offset + node.length) {
          range.setStart(node, Math.max(0, start - offset));
          isOpen = true;
        }
        if (isOpen && end <= offset + node.length) {
          range.setEnd(node, end - offset);
          return range;
        }
        offset += node.length;
      }
      offset += 1;
    }
    return null;
  };

  const show = ({ element }, { start, end }) => {
    element.scrollIntoView({ block: "center" });
    if ("setSelectionRange" in element) {
      element.focus();
      element.setSelectionRange(start, end);
      return;
    }
    const range = rangeOf(element, start, end);
    element.focus();
    if (range) document.getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  };

  // The redaction helper opens in a window of its own with the text, and sends the redacted text back.
  const REDACTED = "abierto-redacted";
  const redacting = new Map();

  const redact = ({ key, element, text }) => {
    const name = `${REDACTED}-${key}`;
    redacting.set(name, element);
    const helper = document.createElement("form");
    Object.assign(helper, { method: "post", action: panel.dataset.redactUrl, target: name, hidden: true });
    const token = form.querySelector("[name='csrfmiddlewaretoken']").value;
    Object.entries({ csrfmiddlewaretoken: token, text }).forEach(([field, value]) => {
      const input = document.createElement("textarea");
      Object.assign(input, { name: field, value });
      helper.append(input);
    });
    document.body.append(helper);
    helper.submit();
    helper.remove();
  };

  // Follows ranges of a text to its redacted form: the longest sequence of words that both have stays in place.
  const MOST_PAIRS = 9e6;
  const wordsOf = (text) => text.match(/\s|[^\s]+/g) ?? [];

  const followRanges = (before, after) => {
    const [old, fresh] = [wordsOf(before), wordsOf(after)];
    if (old.length * fresh.length > MOST_PAIRS) return (range) => ({ range: { ...range, length: 0 }, stays: false });
    const common = Array.from({ length: old.length + 1 }, () => new Uint16Array(fresh.length + 1));
    for (let i = old.length - 1; i >= 0; i -= 1) {
      for (let j = fresh.length - 1; j >= 0; j -= 1) {
        common[i][j] = old[i] === fresh[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    const places = []; // for each character before: where its part starts and ends after, and whether it stays
    let [i, j, at] = [0, 0, 0];
    while (i < old.length) {
      if (old[i] === fresh[j]) {
        for (let n = 0; n < old[i].length; n += 1) places.push({ start: at + n, end: at + n + 1, stays: true });
        at += old[i].length;
        i += 1;
        j += 1;
      } else {
        const start = at;
        let size = 0;
        while ((i < old.length || j < fresh.length) && old[i] !== fresh[j]) {
          if (j === fresh.length || (i < old.length && common[i + 1][j] >= common[i][j + 1])) size += old[i++].length;
          else at += fresh[j++].length;
        }
        for (let n = 0; n < size; n += 1) places.push({ start, end: at, stays: false });
      }
    }
    return (range) => {
      const inside = places.slice(range.offset, range.offset + range.length);
      const start = inside[0]?.start ?? 0;
      const length = (inside.at(-1)?.end ?? start) - start;
      return { range: { ...range, offset: start, length }, stays: length > 0 && inside.every(({ stays }) => stays) };
    };
  };

  // Puts a text into a rich text, which keeps its blocks and their form. A link goes with the words that it is on:
  // its address may have the data too. Returns what the editor has to know.
  const fillRichText = (element, text) => {
    const input = element.closest("[data-draftail-editor-wrapper]")?.parentElement.querySelector("input[type='hidden']");
    const editor = input?.draftailEditor;
    const content = editor && JSON.parse(input.value);
    const blocks = content ? content.blocks.filter(({ type }) => type !== "atomic") : [];
    const lines = text.split("\n");
    const size = (block) => block.text.split("\n").length;
    if (blocks.reduce((total, block) => total + size(block), 0) !== lines.length) return "unplaced";
    let outcome = "placed";
    blocks.forEach((block) => {
      const line = lines.splice(0, size(block)).join("\n");
      if (line === block.text) return;
      const follow = followRanges(block.text, line);
      const links = block.entityRanges.map(follow).filter(({ stays }) => stays);
      if (links.length < block.entityRanges.length) outcome = "unlinked";
      const styles = block.inlineStyleRanges.map((range) => follow(range).range);
      Object.assign(block, {
        text: line,
        inlineStyleRanges: styles.filter(({ length }) => length > 0),
        entityRanges: links.map(({ range }) => range),
      });
    });
    editor.onChange(window.Draftail.createEditorStateFromRaw(content));
    return outcome;
  };

  const tellOutcome = (element, outcome) => {
    const field = element.closest("[data-field]");
    field?.querySelector("[data-plain-language-outcome]")?.remove();
    const sentence = section.querySelector("[data-plain-language-failed]").dataset[outcome];
    if (!field || !sentence) return;
    const line = document.createElement("p");
    line.setAttribute("role", "status");
    line.dataset.plainLanguageOutcome = outcome;
    line.className = "plain-language-outcome";
    line.textContent = sentence;
    field.append(line);
  };

  window.addEventListener("message", ({ origin, data }) => {
    const element = origin === window.location.origin && data?.type === REDACTED && redacting.get(data.name);
    if (!element) return;
    if ("setSelectionRange" in element) {
      element.value = data.text;
      element.dispatchEvent(new Event("input", { bubbles: true }));
      element.dispatchEvent(new Event("change", { bubbles: true }));
    } else {
      tellOutcome(element, fillRichText(element, data.text));
    }
    element.scrollIntoView({ block: "center" });
  });

  const mark = (findings, fields) => {
    if (!CSS.highlights) return;
    ["advice", "warning"].forEach((severity) => {
      const ranges = findings
        .filter((finding) => finding.severity === severity && finding.marked)
        .map(({ key, start, end }) => [fields.get(key)?.element, start, end])
        .filter(([element]) => element && !("setSelectionRange" in element))
        .map((place) => rangeOf(...place));
      CSS.highlights.set(`plain-language-${severity}`, new Highlight(...ranges.filter(Boolean)));
    });
  };

  const list = (target, findings, fields) => {
    target.replaceChildren(
      ...findings.map((finding) => {
        const item = template("finding").cloneNode(true);
        const severity = part(item, "severity");
        severity.textContent = severity.dataset[finding.severity];
        part(item, "message").textContent = finding.message;
        part(item, "text").textContent = finding.text;
        part(item, "text").hidden = !finding.text;
        part(item, "show").addEventListener("click", () => show(fields.get(finding.key), finding));
        part(item, "redact").hidden = finding.rule !== PRIVATE_DATA;
        part(item, "redact").addEventListener("click", () => redact(fields.get(finding.key)));
        return item;
      }),
    );
  };

  const scoreText = ({ inflesz, band }) => (inflesz === null ? "-" : `${Math.round(inflesz)} · ${band}`);

  const annotate = ({ key, element, level }, score, findings, fields) => {
    const field = element.closest("[data-field]");
    if (!field || level || !score) return;
    let note = field.querySelector(NOTE);
    if (!note) {
      note = document.createElement("div");
      note.dataset.plainLanguageFor = key;
      note.append(template("note").cloneNode(true));
      field.append(note);
    }
    note.hidden = score.inflesz === null;
    part(note, "score").textContent = scoreText(score);
    const total = part(note, "total");
    const { one, many } = total.dataset;
    total.textContent = findings.length ? `· ${findings.length === 1 ? one : many.replace("#", findings.length)}` : "";
    list(part(note, "findings"), findings, fields);
  };

  // A refusal of the form has the way to the helper beside it.
  const linkRefusals = (findings, fields) => {
    form.querySelectorAll("[data-field-errors] .error-message, .w-panel .help-critical").forEach((refusal) => {
      refusal.querySelector("[data-plain-language-refusal]")?.remove();
      const place = refusal.closest("[data-field], .w-panel");
      const found = findings.find(
        ({ rule, key }) => rule === PRIVATE_DATA && place?.contains(fields.get(key)?.element),
      );
      if (!found) return;
      const button = part(template("finding"), "redact").cloneNode(true);
      Object.assign(button, { hidden: false });
      button.dataset.plainLanguageRefusal = "";
      button.addEventListener("click", () => redact(fields.get(found.key)));
      refusal.append(" ", button);
    });
  };

  const render = (result, texts) => {
    const fields = new Map(texts.map((text) => [text.key, text]));
    part(panel, "score").textContent = scoreText(result);
    part(section, "none").hidden = result.findings.length > 0;
    list(section.querySelector(".plain-language-list [data-plain-language-findings]"), result.findings, fields);
    form.querySelectorAll(NOTE).forEach((note) => (note.hidden = true));
    texts.forEach((text) =>
      annotate(text, result.parts[text.key], result.findings.filter(({ key }) => key === text.key), fields),
    );
    linkRefusals(result.findings, fields);
    mark(result.findings, fields);
  };

  let timer = null;
  let sent = "";
  let latest = 0;

  const measure = async () => {
    const { found, summary } = collect();
    const parts = found.map(({ key, text, level = 0 }) => ({ key, text, level }));
    const body = JSON.stringify({ parts, summary: summary && summary.text });
    if (body === sent) return;
    sent = body;
    latest += 1;
    const turn = latest;
    const headers = {
      "Content-Type": "application/json",
      "X-CSRFToken": form.querySelector("[name='csrfmiddlewaretoken']").value,
    };
    let result = null;
    try {
      const response = await fetch(panel.dataset.url, { method: "POST", headers, body });
      if (!response.redirected && (response.ok || response.status === TOO_LONG)) result = await response.json();
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
    }
    if (turn !== latest) return;
    const { error = part(section, "failed").dataset.sentence } = result ?? {};
    part(section, "failed").hidden = Boolean(result && !result.error);
    part(section, "failed").textContent = error;
    if (result?.error) return;
    if (result) render(result, summary ? [summary, ...found] : found);
    else sent = "";
  };

  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(measure, WAIT_MS);
  };

  const isOurs = ({ target }) => (target.closest ? target : target.parentElement)?.closest(NOTE);
  form.addEventListener("input", schedule);
  new MutationObserver((changes) => {
    if (!changes.every(isOurs)) schedule();
  }).observe(form, { subtree: true, childList: true, characterData: true });
  schedule();
})();
