/* Shows beside a number how the server will read it, while it is typed. The rule is that of
   site/abierto/form_fields/numbers.py; what cannot be read shows nothing here and is refused there. */
(() => {
  "use strict";

  const INVISIBLE = /[\u00ad\u200b\u2060\ufeff]/g;
  const SPACE = /[\u00a0\u2009\u202f]/g;
  const NUMBER =
    /^(?<sign>[+-]?)(?<whole>[1-9]\d{0,2}(?<separator>[., ])\d{3}(?:\k<separator>\d{3})*|\d*)(?:(?<mark>[.,])(?<decimals>\d+))?$/;
  const MAX_LENGTH = 24;

  const read = (typed, unit, isWhole) => {
    let text = typed.replace(INVISIBLE, "").replace(SPACE, " ").replaceAll("\u2212", "-").trim();
    if (unit && text.endsWith(unit)) text = text.slice(0, -unit.length).trimEnd();
    const found = text.length <= MAX_LENGTH ? text.match(NUMBER)?.groups : null;
    if (!found) return "";
    const { sign, whole, separator, mark, decimals = "" } = found;
    if (!(whole || decimals) || (separator && separator === mark)) return "";
    const isSingle = separator && separator !== " " && whole.split(separator).length === 2;
    if (isSingle && !decimals && !(isWhole && separator === ",")) return "";
    const digits = (separator ? whole.replaceAll(separator, "") : whole).replace(/^0+(?=\d)/, "") || "0";
    const shown = decimals.replace(/0+$/, "");
    return (sign === "-" ? "-" : "") + digits + (shown ? `.${shown}` : "");
  };

  document.addEventListener("input", ({ target }) => {
    if (!target.matches?.("input[data-number]")) return;
    const output = target.parentElement?.querySelector("output[data-understood]");
    if (!output) return;
    const { number, unit = "" } = target.dataset;
    const value = read(target.value, unit, number === "whole");
    const understood = value && unit ? `${value}\u00a0${unit}` : value;
    output.value = understood === target.value.trim() ? "" : understood;
  });
})();
