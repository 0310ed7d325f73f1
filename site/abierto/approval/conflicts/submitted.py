"""A submitted form read over the version it was opened with, and merged into the latest one."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from modelcluster.models import model_from_serializable_data
from wagtail.log_actions import log
from wagtail.models import Page, PageSubscription

from abierto.bad_requests.keys import parse_key

from .merging import MergeResult, merge_content
from .versions import OPENED, load_latest_revision, load_opened_content, parse_version, serialize_content

BASE = "collision_base"
"""Form field with the revision on which the edit is based, unchanged by repeated conflicts."""


@dataclass(frozen=True)
class SubmittedVersion:
    """A submitted form, read over the version with which it was opened."""

    latest: Any
    mine: Any
    merged: MergeResult
    base_revision: int
    form: Any

    @property
    def is_valid(self) -> bool:
        """Check the form; if it is invalid, the ordinary form must show the errors."""
        return bool(self.form.is_valid())


def read_submitted(request: HttpRequest, subject: Any) -> SubmittedVersion:
    """Read a submitted form over the version it was opened with; over the latest if that is unknown."""
    latest = build_latest(subject)
    number, base = read_base(request, subject)
    before = serialize_content(base) if base is not None else serialize_content(latest)
    form = build_form(request, base if base is not None else build_latest(subject))
    form.defer_required_fields()
    mine = form.save(commit=False) if form.is_valid() else form.instance
    merged = merge_content(type(latest), before, serialize_content(latest), serialize_content(mine))
    return SubmittedVersion(latest, mine, merged, number, form)


def build_latest(subject: Any) -> Any:
    """Build the latest version of an object from its revision or its row."""
    revision = load_latest_revision(subject)
    if revision is not None:
        return revision.as_object()
    return type(subject)._base_manager.get(pk=subject.pk)


def read_base(request: HttpRequest, subject: Any) -> tuple[int, Any | None]:
    """Return the number of the revision that a form was opened with, and the object of that version."""
    opened = parse_version(request.POST.get(OPENED, ""))
    number = request.POST.get(BASE, "") or str(opened.revision if opened else "")
    key = parse_key(number)
    if hasattr(subject, "revisions") and key is not None:
        known = subject.revisions.filter(pk=key).first()
        if known is not None:
            return known.pk, known.as_object()
    content = load_opened_content(request, subject)
    if content is None:
        return 0, None
    if hasattr(subject, "with_content_json"):
        return 0, subject.with_content_json(content)
    return 0, model_from_serializable_data(type(subject), content)


def build_form(request: HttpRequest, instance: Any) -> Any:
    """Build the ordinary edit form of an object with the submitted data."""
    form_class = type(instance).get_edit_handler().get_form_class()
    extra: dict[str, Any] = {}
    if isinstance(instance, Page):
        extra["parent_page"] = instance.get_parent()
        extra["subscription"] = PageSubscription(page=instance, user=request.user)
    return form_class(request.POST, request.FILES, instance=instance, for_user=request.user, **extra)


def save_merged(version: SubmittedVersion, user: Any) -> None:
    """Save the merged version as a draft."""
    latest, content = version.latest, version.merged.content
    if hasattr(latest, "save_revision"):
        result = latest.with_content_json(content)
        if not result.live:
            result.save(clean=False) if isinstance(result, Page) else result.save()
        result.save_revision(user=user, log_action=True, clean=False)
        return
    for name in version.merged.mine:
        field = latest._meta.get_field(name)
        setattr(latest, field.attname, getattr(version.mine, field.attname))
    latest.full_clean()
    latest.save()
    log(instance=latest, action="wagtail.edit", user=user, content_changed=True)
