"""Response that lists the unconfirmed warnings of a form and submits the form again with their reasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from abierto.approval.errors import UnconfirmedWarnings
from abierto.text import visible_text

from .privacy_warning import PrivacyWarning
from .services import find_earlier_reasons

PREFIX = "confirm-"
CONFIRM, BACK = "confirm-warnings", "confirm-back"
FINDING, REASON = "confirm-finding", "confirm-reason"
NOT_REPEATED = "csrfmiddlewaretoken"
CONFLICT = 409


@dataclass(frozen=True)
class ListedWarning:
    """A warning on the screen, with the label of its place and its reason so far."""

    warning: PrivacyWarning
    place: str
    reason: str


def read_offer(request: HttpRequest) -> dict[str, str]:
    """Return the reason for each warning that the form of a request confirms, by its fingerprint."""
    if request.method != "POST" or CONFIRM not in request.POST:
        return {}
    common = visible_text(request.POST.get(REASON))
    reasons = {
        fingerprint: visible_text(request.POST.get(f"{REASON}-{fingerprint}")) or common
        for fingerprint in request.POST.getlist(FINDING)
    }
    return {fingerprint: reason for fingerprint, reason in reasons.items() if reason}


def may_repeat(request: HttpRequest) -> bool:
    """Check that the page can submit the form again: uploaded files cannot be repeated."""
    return request.method == "POST" and bool(request.POST) and not request.FILES


def respond_unconfirmed(request: HttpRequest, refusal: UnconfirmedWarnings) -> HttpResponse:
    """Respond with a page that asks for the reasons and submits the same form again with them."""
    warnings: list[PrivacyWarning] = list(refusal.warnings)
    earlier = find_earlier_reasons(warnings)
    listed = [
        ListedWarning(
            warning=warning,
            place=warning.label_of_place,
            reason=request.POST.get(f"{REASON}-{warning.fingerprint}", earlier.get(warning.fingerprint, "")),
        )
        for warning in warnings
    ]
    context = {
        "refusal": refusal,
        "listed": listed,
        "repeated": list(iter_repeated(request)),
        "may_repeat": may_repeat(request),
        "common": request.POST.get(REASON, ""),
        "error": _("Escribe un motivo para cada aviso.") if CONFIRM in request.POST else "",
    }
    return render(request, "approval/confirm_warnings.html", context, status=CONFLICT)


def iter_repeated(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Yield the submitted fields that the page repeats."""
    for name, values in request.POST.lists():
        if name != NOT_REPEATED and not name.startswith(PREFIX):
            yield from ((name, value) for value in values)
