"""Review the texts of an edit form while they are typed, and list the least readable of a space."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from abierto.approval.review.private_data import (
    describe,
    official_contacts,
    scan_without_official_contacts,
)
from abierto.language.inflesz import Score, measure
from abierto.language.labels import band_label, finding_message
from abierto.language.pages import ContentPart, PageContent, PartKind
from abierto.language.review import RuleFinding, list_parts, review_page
from abierto.language.rules import Severity
from abierto.privacy.findings import FindingLevel
from abierto.tenancy.access import sees_everything, spaces_of
from abierto.tenancy.models import Space
from abierto.word_lists.services import lists_for

from .queries import MAX_PAGES, MIN_WORDS, rank_texts

#: More than any page has; a longer text is measured by «manage.py readability».
MAX_PARTS, MAX_CHARACTERS = 500, 400_000
MAX_LEVEL = 6
JSON = "application/json"
#: The most findings in a response; after they are corrected, the next ones are returned.
MAX_FINDINGS = 300
#: Characters of a finding that a list shows.
MAX_SHOWN = 160


@require_POST
def review_texts(request: HttpRequest) -> JsonResponse:
    """Return the score of a page and of each text, with the findings of the rules and private data.

    Offsets are UTF-16 units, as the strings of the browser count.
    """
    # The body of a form has been read before the view and cannot be read again.
    if request.content_type != JSON:
        raise BadRequest("The texts are sent as JSON.")
    page = read_page(request.body)
    if is_too_long(page):
        error = gettext("El texto es demasiado largo para medirlo mientras escribes.")
        return JsonResponse({"error": error}, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    spaces = spaces_of(request.user)
    review = review_page(page, lists_for(*(space.pk for space in spaces)))
    parts = list_parts(page)
    texts = {part.key: part.text for part in parts}
    return JsonResponse(
        {
            **describe_score(review.score),
            "findings": [
                *describe_private_data(texts, spaces),
                *(
                    describe_finding(finding, texts.get(finding.key, ""))
                    for finding in review.findings[:MAX_FINDINGS]
                ),
            ],
            "parts": {
                part.key: describe_score(measure(part.text)) for part in parts if part.kind is PartKind.TEXT
            },
        }
    )


def read_page(body: bytes) -> PageContent:
    """Return the texts of a request: ``parts`` (``key``, ``text``, ``level`` of a heading) and ``summary``.

    Raises:
        BadRequest: when the request has anything else.
    """
    try:
        data = json.loads(body)
        parts = [read_part(item) for item in data["parts"]]
        summary = data.get("summary")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadRequest("No texts to review.") from error
    if not isinstance(summary, str | None):
        raise BadRequest("The summary is no text.")
    return PageContent(tuple(parts), summary)


def is_too_long(page: PageContent) -> bool:
    """Check whether a page has more text than is measured while it is typed."""
    length = sum(len(part.text) for part in page.parts) + len(page.summary or "")
    return len(page.parts) > MAX_PARTS or length > MAX_CHARACTERS


def read_part(item: dict[str, Any]) -> ContentPart:
    """Return one text of a request.

    Raises:
        BadRequest: when a value is of another type.
    """
    key, text, level = item["key"], item["text"], item.get("level", 0)
    if not isinstance(key, str) or not isinstance(text, str) or level not in range(MAX_LEVEL + 1):
        raise BadRequest("The text of a part is not understood.")
    return ContentPart(key, text, PartKind.HEADING if level else PartKind.TEXT, level)


def describe_score(score: Score) -> dict[str, Any]:
    """Return a score with the name of its band in the language of the reader."""
    return {
        "inflesz": score.inflesz,
        "band": band_label(score.band),
        "wordsPerSentence": score.words_per_sentence,
    }


def describe_finding(finding: RuleFinding, text: str) -> dict[str, Any]:
    """Return a finding with its message in the language of the reader."""
    start, end = utf16_offsets(text, (finding.start, finding.end))
    return {
        "key": finding.key,
        "rule": finding.rule.code,
        "severity": finding.rule.severity.name.lower(),
        "marked": finding.rule.is_marked,
        "start": start,
        "end": end,
        "text": shorten(text[finding.start : finding.end]) if finding.rule.is_marked else "",
        "message": finding_message(finding),
    }


def describe_private_data(texts: Mapping[str, str], spaces: Iterable[Space]) -> list[dict[str, Any]]:
    """Return the findings of personal data that block publication; official contact data are allowed."""
    contacts = cache(lambda: set().union(*map(official_contacts, [None, *spaces])))
    return [
        {
            "key": key,
            "rule": "private-data",
            "severity": Severity.WARNING.name.lower(),
            "marked": True,
            "start": utf16_offsets(text, (finding.start,))[0],
            "end": utf16_offsets(text, (finding.end,))[0],
            "text": "",
            "message": describe(text, finding),
        }
        for key, text in texts.items()
        for finding in scan_without_official_contacts(text, contacts)
        if finding.level == FindingLevel.BLOCK
    ][:MAX_FINDINGS]


def shorten(text: str) -> str:
    """Cut a long text after a word at ``MAX_SHOWN`` characters."""
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN].rsplit(None, 1)[0]}…"


def utf16_offsets(text: str, offsets: Iterable[int]) -> list[int]:
    """Convert offsets in code points to UTF-16 units."""
    return [len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2 for offset in offsets]


# --- The hardest texts of a space ----------------------------------------------------------------------


class SpaceChoiceForm(forms.Form):
    """Choose the space whose texts are measured."""

    space = forms.ModelChoiceField(Space.objects.order_by("name", "pk"), label=_("Espacio"))


class HardestTextsView(WagtailAdminTemplateMixin, TemplateView):
    """Measure the public pages of a space and list the hardest to read. Reads only."""

    template_name = "admin_pages/hardest_texts.html"
    page_title = _("Qué textos cuestan más")
    header_icon = "glasses"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not sees_everything(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = SpaceChoiceForm(self.request.GET if "space" in self.request.GET else None)
        report = rank_texts(form.cleaned_data["space"]) if form.is_valid() else None
        limits = {"most_pages": MAX_PAGES, "fewest_words": MIN_WORDS}
        return super().get_context_data(form=form, report=report, **limits, **kwargs)
