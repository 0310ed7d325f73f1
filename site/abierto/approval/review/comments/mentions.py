"""Who is called in a comment: «@usuario», of those who may see the page, and nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.contrib.auth.models import Group
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Comment, CommentReply, Page

from abierto.accounts.models import User
from abierto.approval.notifications import state_team, tell
from abierto.tenancy.access import space_of

# An account's name may have dots and an @ in it; the full stop of a sentence is not part of it.
CALLED = re.compile(r"(?<![\w.+-])@([\w.@+-]*\w)")


def called_in(text: str) -> Iterator[str]:
    """Yield the names that ``text`` calls, as they are typed."""
    return (match.group(1) for match in CALLED.finditer(text))


def people_of(page: Page) -> list[User]:
    """Return whoever works in the page's space or decides in its workflow: whom one may pick."""
    space, workflow = space_of(page), page.get_workflow()
    decides = Q(reviewtask__workflow_tasks__workflow=workflow) if workflow else Q(pk__in=[])
    if space is not None:
        decides |= Q(pk__in=[space.editors_id, space.reviewers_id, space.administrators_id])
    groups = Group.objects.filter(decides)
    people = User.objects.filter(is_active=True, groups__in=groups)
    return list(people.order_by("first_name", "last_name", "pk").distinct())


def mentioned(text: str, page: Page) -> list[User]:
    """Return whom ``text`` calls and may see the page: its people, and the state team, who see all."""
    wanted = {name.casefold() for name in called_in(text)}
    if not wanted:
        return []
    people = {person.pk: person for person in [*people_of(page), *state_team()]}
    return [person for person in people.values() if person.username.casefold() in wanted]


def not_found(text: str, found: Iterable[User]) -> list[str]:
    """Return the names that ``text`` calls in vain, whether such an account exists elsewhere or not."""
    known = {person.username.casefold() for person in found}
    return [name for name in dict.fromkeys(called_in(text)) if name.casefold() not in known]


def tell_mentioned(written: Comment | CommentReply, before: str, by: User) -> None:
    """Write to whom a comment or an answer calls and its text before did not."""
    already = {name.casefold() for name in called_in(before)}
    if not {name.casefold() for name in called_in(written.text)} - already:
        return
    comment = written.comment if isinstance(written, CommentReply) else written
    people = [
        person
        for person in mentioned(written.text, comment.page)
        if person.username.casefold() not in already
    ]
    title = comment.page.get_admin_display_title()
    tell(
        people, _("Te mencionaron en «%(title)s»") % {"title": title}, _letter(comment, written.text, by), by
    )


def _letter(comment: Comment, text: str, by: User) -> str:
    address = reverse("wagtailadmin_pages:edit", args=[comment.page_id])
    return _("%(who)s te mencionó en un comentario sobre «%(title)s»:\n\n%(text)s\n\n%(address)s\n") % {
        "who": by.public_name,
        "title": comment.page.get_admin_display_title(),
        "text": text,
        "address": f"{settings.WAGTAILADMIN_BASE_URL}{address}",
    }
