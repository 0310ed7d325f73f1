"""Every message of the libraries has Spanish, without a wrong word: locale/es wins over their catalogues."""

import re

import pytest
from django.utils.translation import override

from tests.language.library_messages import Message, library_messages, script_messages
from tests.language.wording import WRONG_WORDS, find_english, find_wrong
from tests.repository.files import ROOT

pytestmark = pytest.mark.slow

# Spanish and English agree, or the message is a placeholder only.
SAME = {
    *("Alias", "Color", "Error", "%(num)s error", "%(num)s min", "%(size)d byte"),
    *(f"%s {unit}" for unit in ("KB", "MB", "GB", "TB", "PB")),
    *("feb", "mar", "may", "jun", "jul", "sep", "oct", "nov", "Feb.", "Oct.", "Nov."),
    *("Error 404", "Horizontal", "ID", "IP", "IPv4", "IPv6", "JSON", "No", "PIN", "PM", "AM", "URL"),
    *("a.m.", "p.m.", ":", ",", ":?.!", "…", ", "),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{[\w.]*\}")
LANGUAGES = ("es", "es-mx")


def is_translated(message: Message, texts: list[str]) -> bool:
    """Check whether the text differs from the English one, where words are in it."""
    if message.singular in SAME or not re.search(r"[A-Za-z]{2}", PLACEHOLDER.sub("", message.singular)):
        return True
    return not set(texts) & set(message.originals)


def find_faults(message: Message, texts: list[str]) -> set[str]:
    """Return what is wrong with the Spanish of a message."""
    faults = set() if is_translated(message, texts) else {"no Spanish"}
    for text in texts:
        faults |= find_english(text) | find_wrong(text)
    return faults


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_the_libraries_is_in_spanish(language):
    messages = library_messages()

    with override(language):
        found = {
            message.singular: (texts, faults)
            for message in messages
            if (faults := find_faults(message, texts := message.translate()))
        }
    assert len(messages) > 1800
    assert found == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_the_libraries_scripts_is_in_spanish(language):
    with override(language):
        answers = list(script_messages(language))
        found = {
            message.singular: (texts, faults)
            for message, texts in answers
            if (faults := find_faults(message, texts))
        }
    assert len(answers) > 130
    assert found == {}


def test_the_style_sheet_has_the_wrong_words():
    page = (ROOT / "docs/spanish.md").read_text(encoding="utf-8")
    section = page.partition("## Words that fail the tests")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(.+)` \| (.+) \|$", section, re.MULTILINE)

    assert {wrong.replace("\\|", "|"): right for wrong, right in rows} == WRONG_WORDS
