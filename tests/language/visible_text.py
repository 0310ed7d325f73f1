"""Text that a response shows: words between tags, read attributes, and sentences in its JSON."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

# Code, keys and pictures; titles of icons are read.
SILENT = {"script", "style", "code", "kbd"}
#: A hidden counter, whose number a script writes before it is shown.
UNSET = "data-side-panel-toggle-counter"
VOID = {"input", "img", "br", "hr", "meta", "link", "source", "wbr", "col", "area", "base", "embed", "track"}
READ = {"alt", "title", "aria-label", "aria-description", "placeholder", "label", "data-label", "content"}
#: Attributes and scripts with the data of Wagtail's and wagtail-localize's components.
CARRIES_JSON = re.compile(
    r"^data-(?:props|block|value|chooser|options|w-\w+(?:-\w+)*-value)$|^data-.*messages?"
)
#: A sentence or a label, as opposed to the name of a class, an icon, an event or an address.
LABEL = re.compile(r"^(?![A-Z_-]+$|\S{30})[A-ZÁÉÍÓÚÑ¿¡«(][^{}\[\]<>=_/\\]*$")
SENTENCE = re.compile(r"^(?!.*(?:[{}=<>\\]|--|->|#\w))[^/_]*\w\s+\w+\s+\w.*$")


class _Reader(HTMLParser):
    """Collect what an HTML page shows; elements in another language are skipped."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.scripts: list[str] = []
        self.open: list[tuple[str, bool]] = []
        self.json_script = False

    @property
    def skipped(self) -> bool:
        return bool(self.open) and self.open[-1][1]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        foreign = values.get("lang", "es")[:2] != "es"
        unset = "hidden" in values and UNSET in values
        skipped = self.skipped or tag in SILENT or foreign or unset
        self.json_script = tag == "script" and "json" in values.get("type", "")
        if not self.skipped and not foreign and tag != "meta":
            self.read_attributes(tag, values)
        if tag not in VOID:
            self.open.append((tag, skipped))

    def read_attributes(self, tag: str, values: dict[str, str]) -> None:
        """Collect the attributes that people read or hear, and sentences in data."""
        for name, value in values.items():
            is_button = tag == "input" and values.get("type") in ("submit", "button", "reset")
            if name in READ or (name == "value" and is_button):
                self.found.append(value)
            elif CARRIES_JSON.match(name):
                self.found.extend(texts_of_data(value))

    def handle_endtag(self, tag: str) -> None:
        self.json_script = False
        for position in range(len(self.open) - 1, -1, -1):
            if self.open[position][0] == tag:
                del self.open[position:]
                return

    def handle_data(self, data: str) -> None:
        if self.json_script:
            self.found.extend(texts_of_data(data))
        elif not self.skipped and (text := " ".join(data.split())):
            self.found.append(text)


def texts_of_data(value: str) -> Iterator[str]:
    """Yield the labels and sentences in the JSON or plain text of a data attribute or script."""
    try:
        data = json.loads(value)
    except ValueError:
        data = value if SENTENCE.match(value) else None
    yield from strings_of(data)


def strings_of(data: Any) -> Iterator[str]:
    """Yield the labels, sentences and HTML texts in ``data``."""
    if isinstance(data, dict):
        for value in data.values():
            yield from strings_of(value)
    elif isinstance(data, list):
        for value in data:
            yield from strings_of(value)
    elif isinstance(data, str):
        if data.lstrip().startswith("<"):
            yield from texts_of_html(data)
        elif LABEL.match(data) or SENTENCE.match(data):
            yield data


def texts_of_html(body: str) -> list[str]:
    """Return the texts that an HTML page or fragment shows."""
    reader = _Reader()
    reader.feed(body)
    reader.close()
    return reader.found


def texts_of_response(content_type: str, body: str) -> list[str]:
    """Return the texts of a response: a page, a fragment inside JSON, or the catalogue of the scripts."""
    if "json" in content_type:
        return list(texts_of_data(body))
    return texts_of_html(body) if "html" in content_type else []
