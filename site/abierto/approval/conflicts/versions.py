"""Two people, one page: whoever saves must have seen what is there now.

Every editing form carries the version that it was opened with, and is checked under the tree's lock.
"""

import json
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from modelcluster.models import get_serializable_data_for_fields
from wagtail.models import Page, Revision

from abierto.approval.errors import ReviewRefused
from abierto.approval.ledger.hashing import content_hash, digest

OPENED = "opened_version"
OPENED_CONTENT = "opened_content"
"""Of what has no revision the form carries the content itself, signed: else nobody could compare."""

SALT = "abierto.approval.opened"
SUBMIT_ACTIONS = ("action-submit", "action-publish", "action-restart-workflow")


class StaleVersion(ReviewRefused):
    """What somebody typed stands on a version that is no longer the latest. Nothing is saved nor lost."""

    def __init__(self, sentence: str, subject: Any) -> None:
        super().__init__(sentence)
        self.subject = subject


@dataclass(frozen=True)
class ShownVersion:
    """What somebody has before her eyes: which revision, which content, and what the public saw then."""

    revision: int
    sha: str
    public: str

    def __str__(self) -> str:
        return f"{self.revision}:{self.sha}:{self.public}"


def parse_version(text: str) -> ShownVersion | None:
    """Return the version that a form names; None for anything else."""
    number, _colon, rest = text.partition(":")
    sha, colon, public = rest.partition(":")
    if not colon or not number.isdecimal() or len(number) > 18:
        return None
    return ShownVersion(int(number), sha, public)


def has_version_field(subject: Any) -> bool:
    """Say whether the editing form of ``subject`` carries its version: pages and snippets."""
    ours = isinstance(subject, Page) or hasattr(type(subject), "snippet_viewset")
    return ours and getattr(subject, "pk", None) is not None


def serialize_content(subject: models.Model) -> dict[str, Any]:
    """Return the content of an object as a revision would keep it."""
    if hasattr(subject, "serializable_data"):
        data: dict[str, Any] = subject.serializable_data()
        return data
    return dict(get_serializable_data_for_fields(subject))


def load_latest_revision(subject: Any) -> Revision | None:
    """Return the latest revision of an object, read now."""
    key = getattr(subject, "latest_revision_id", None)
    return Revision.objects.select_related("user").filter(pk=key).first() if key else None


def public_version(subject: Any) -> str:
    """Name what the public sees of an object: a revision's number, «0» without one, nothing when nothing."""
    if not getattr(subject, "live", False):
        return ""
    return str(subject.live_revision_id or 0)


def load_current_version(subject: Any) -> ShownVersion:
    """Return the version of an object that is the latest now."""
    revision = load_latest_revision(subject)
    row = type(subject)._base_manager.filter(pk=subject.pk).first()
    if revision is not None:
        return ShownVersion(revision.pk, content_hash(revision), public_version(row))
    return ShownVersion(0, digest(type(subject), serialize_content(row)) if row else "", public_version(row))


def check_not_stale(request: HttpRequest, subject: Any) -> None:
    """Refuse to save, hand in or publish what was typed over a version that is no longer the latest.

    Raises:
        StaleVersion: with the sentence; the answer shows both versions and keeps what was typed.
    """
    current = load_current_version(subject)
    opened = parse_version(request.POST.get(OPENED, ""))
    if _is_own_autosave(request, subject):
        return
    if opened is None:
        sentence = _("Este formulario no dice qué versión abriste. No se guardó nada.")
    elif opened.revision != current.revision or not constant_time_compare(opened.sha, current.sha):
        sentence = _("Alguien guardó otra versión mientras escribías. No se guardó nada todavía.")
    elif opened.public != current.public and any(request.POST.get(action) for action in SUBMIT_ACTIONS):
        sentence = _(
            "Lo público cambió mientras escribías: alguien lo retiró o lo publicó. No se envió nada."
        )
    else:
        return
    raise StaleVersion(sentence, subject)


def _is_own_autosave(request: HttpRequest, subject: Any) -> bool:
    """Say whether a script goes on saving over the revision that the same open form made."""
    number = request.POST.get("overwrite_revision_id", "")
    if request.accepts("text/html") or number != str(getattr(subject, "latest_revision_id", "")):
        return False
    latest = load_latest_revision(subject)
    return latest is not None and latest.user_id == request.user.pk


def sign_content(subject: models.Model) -> str:
    """Return the content of an object as a form can carry it, and bring it back unchanged."""
    plain = json.loads(json.dumps(serialize_content(subject), cls=DjangoJSONEncoder))
    return signing.dumps([subject._meta.label_lower, str(subject.pk), plain], salt=SALT, compress=True)


def load_opened_content(request: HttpRequest, subject: models.Model) -> dict[str, Any] | None:
    """Return the content with which a form was opened, if it says so and is about ``subject``."""
    try:
        label, key, content = signing.loads(request.POST.get(OPENED_CONTENT, ""), salt=SALT)
    except signing.BadSignature:
        return None
    same = (label, key) == (subject._meta.label_lower, str(subject.pk))
    return dict(content) if same else None
