"""Optimistic locking of pages and snippets: a save must name the version that the form was opened with.

Every edit form has that version in a hidden field, which is checked under the tree lock.
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
from abierto.bad_requests.keys import parse_key

OPENED = "opened_version"
OPENED_CONTENT = "opened_content"
"""Form field with the signed content of objects without revisions, for the comparison."""

SALT = "abierto.approval.opened"
SUBMIT_ACTIONS = ("action-submit", "action-publish", "action-restart-workflow")


class StaleVersion(ReviewRefused):
    """A save over a version that is no longer the latest. Nothing is saved, and nothing submitted is lost."""

    def __init__(self, sentence: str, subject: Any) -> None:
        super().__init__(sentence)
        self.subject = subject


@dataclass(frozen=True)
class ShownVersion:
    """The state that a form was rendered from: revision, content hash and public version."""

    revision: int
    sha: str
    public: str

    def __str__(self) -> str:
        return f"{self.revision}:{self.sha}:{self.public}"


def parse_version(text: str) -> ShownVersion | None:
    """Return the version that a form token names; None for any other text."""
    number, _colon, rest = text.partition(":")
    sha, colon, public = rest.partition(":")
    key = parse_key(number)
    if not colon or key is None:
        return None
    return ShownVersion(key, sha, public)


def has_version_field(subject: Any) -> bool:
    """Check whether the edit form of ``subject`` has a version field: pages and snippets."""
    ours = isinstance(subject, Page) or hasattr(type(subject), "snippet_viewset")
    return ours and getattr(subject, "pk", None) is not None


def serialize_content(subject: models.Model) -> dict[str, Any]:
    """Return the content of an object as a revision stores it."""
    if hasattr(subject, "serializable_data"):
        data: dict[str, Any] = subject.serializable_data()
        return data
    return dict(get_serializable_data_for_fields(subject))


def load_latest_revision(subject: Any) -> Revision | None:
    key = getattr(subject, "latest_revision_id", None)
    return Revision.objects.select_related("user").filter(pk=key).first() if key else None


def public_version(subject: Any) -> str:
    """Return the id of the live revision, «0» for a live object without one, an empty string if not live."""
    if not getattr(subject, "live", False):
        return ""
    return str(subject.live_revision_id or 0)


def load_current_version(subject: Any) -> ShownVersion:
    """Return the version that is the latest now."""
    revision = load_latest_revision(subject)
    row = type(subject)._base_manager.filter(pk=subject.pk).first()
    if revision is not None:
        return ShownVersion(revision.pk, content_hash(revision), public_version(row))
    return ShownVersion(0, digest(type(subject), serialize_content(row)) if row else "", public_version(row))


def check_not_stale(request: HttpRequest, subject: Any) -> None:
    """Refuse to save, submit or publish over a version that is no longer the latest.

    Raises:
        StaleVersion: the response shows both versions and keeps the submitted text.
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
    """Check whether an autosave continues over the revision that the same open form made."""
    number = request.POST.get("overwrite_revision_id", "")
    if request.accepts("text/html") or number != str(getattr(subject, "latest_revision_id", "")):
        return False
    latest = load_latest_revision(subject)
    return latest is not None and latest.user_id == request.user.pk


def sign_content(subject: models.Model) -> str:
    """Return the content of an object as a signed form value."""
    plain = json.loads(json.dumps(serialize_content(subject), cls=DjangoJSONEncoder))
    return signing.dumps([subject._meta.label_lower, str(subject.pk), plain], salt=SALT, compress=True)


def load_opened_content(request: HttpRequest, subject: models.Model) -> dict[str, Any] | None:
    """Return the signed content that a form was opened with, if it is about ``subject``."""
    try:
        label, key, content = signing.loads(request.POST.get(OPENED_CONTENT, ""), salt=SALT)
    except signing.BadSignature:
        return None
    same = (label, key) == (subject._meta.label_lower, str(subject.pk))
    return dict(content) if same else None
