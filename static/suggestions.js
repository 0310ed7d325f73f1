/* Suggestions during input: the search field becomes a combobox (ARIA 1.2, listbox popup).
   Without this file the field is a plain field of a plain form. */
(() => {
  "use strict";

  const WAIT = 150; // milliseconds without input before a request
  const SHORTEST = 2;

  /* Return the letters without accents, one for one, so that positions stay the same. */
  const fold = (text) => Array.from(text, (letter) => letter.normalize("NFD")[0].toLowerCase());

  /* Return the text with the query marked, as text nodes: nothing is parsed as HTML. */
  function marked(text, query) {
    const letters = Array.from(text);
    const wanted = fold(query.trim()).join("");
    const at = wanted ? fold(text).join("").indexOf(wanted) : -1;
    const whole = document.createElement("span");
    if (at < 0 || Array.from(wanted).length !== wanted.length) {
      whole.textContent = text;
      return whole;
    }
    const mark = document.createElement("mark");
    mark.textContent = letters.slice(at, at + wanted.length).join("");
    whole.append(letters.slice(0, at).join(""), mark, letters.slice(at + wanted.length).join(""));
    return whole;
  }

  function combobox(box) {
    const input = box.querySelector("input[name=q]");
    const words = box.dataset;
    const list = document.createElement("ul");
    const status = document.createElement("p");
    let options = [];
    let current = -1;
    let timer = 0;
    let asking = null;

    list.id = `${input.id}-suggestions`;
    list.className = "combo";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", words.name);
    status.className = "vh";
    status.setAttribute("role", "status");
    input.type = "text"; // a field of type “search” may not be a combobox
    for (const [name, value] of [
      ["role", "combobox"],
      ["inputmode", "search"],
      ["aria-autocomplete", "list"],
      ["aria-haspopup", "listbox"],
      ["aria-expanded", "false"],
      ["aria-controls", list.id],
    ]) {
      input.setAttribute(name, value);
    }
    box.append(list, status);

    function choose(number) {
      current = number;
      options.forEach((option, place) => option.setAttribute("aria-selected", String(place === number)));
      if (number < 0) {
        input.removeAttribute("aria-activedescendant");
      } else {
        input.setAttribute("aria-activedescendant", options[number].id);
        options[number].scrollIntoView({ block: "nearest" });
      }
    }

    function close() {
      window.clearTimeout(timer);
      if (asking) asking.abort();
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      status.textContent = ""; // a closed list has no suggestions to announce
      choose(-1);
    }

    function show(found, query, language) {
      list.lang = language || "";
      options = found.map((suggestion, place) => {
        const option = document.createElement("li");
        const kind = document.createElement("small");
        option.id = `${list.id}-${place}`;
        option.setAttribute("role", "option");
        option.dataset.url = suggestion.url;
        kind.textContent = suggestion.kind;
        option.append(marked(suggestion.text, query), " ", kind);
        return option;
      });
      list.replaceChildren(...options);
      list.hidden = options.length === 0;
      input.setAttribute("aria-expanded", String(!list.hidden));
      choose(-1);
      const sentence = options.length === 1 ? words.one : words.many;
      status.textContent = options.length ? sentence.replace("{n}", options.length) : words.none;
    }

    async function ask() {
      const query = input.value;
      if (query.trim().length < SHORTEST) return;
      if (asking) asking.abort();
      const own = (asking = new AbortController());
      try {
        const answer = await fetch(`${words.suggestions}?q=${encodeURIComponent(query)}`, { signal: own.signal });
        if (!answer.ok) return;
        const found = await answer.json();
        if (own === asking && document.activeElement === input) show(found.suggestions, query, found.language);
      } catch (error) {
        // Aborted by a newer request, or a network error: the form works without suggestions.
        if (error.name !== "AbortError") close();
      }
    }

    function go(option) {
      close();
      window.location.assign(option.dataset.url);
    }

    function step(by) {
      const places = options.length + 1; // the field itself is one of them
      choose(((current + 1 + by + places) % places) - 1);
    }

    const keys = {
      ArrowDown: () => (list.hidden ? ask() : step(1)),
      ArrowUp: () => (list.hidden ? ask() : step(-1)),
      Escape: () => close(),
      Enter: () => go(options[current]),
    };

    input.addEventListener("input", () => {
      close();
      timer = window.setTimeout(ask, WAIT);
    });
    input.addEventListener("keydown", (event) => {
      const isOurs =
        event.key === "Enter" ? current >= 0 : event.key === "Escape" ? !list.hidden : event.key in keys;
      if (isOurs && !event.isComposing && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        keys[event.key]();
      }
    });
    input.addEventListener("blur", close);
    if (input.form) input.form.addEventListener("submit", close); // the answer may come without another page
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) go(option);
    });
  }

  document.querySelectorAll("[data-suggestions]").forEach(combobox);
})();
