"""Mentions in comments: «@usuario», among the users who may see the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial

from django.contrib.auth.models import Group
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Comment, CommentReply, Page

from abierto.accounts.models import User
from abierto.approval.notifications import EmailText, notify, state_team
from abierto.approval.reader_links import find_reader_url
from abierto.tenancy.access import RequestUser, space_of, spaces_of
from abierto.tenancy.current_user import current_visitor
from abierto.tenancy.isolation.sharing import is_shared_page

# An account's name may have dots and an @ in it; the full stop of a sentence is not part of it.
MENTION = re.compile(r"(?<![\w.+-])@([\w.@+-]*\w)")


def iter_mentioned_names(text: str) -> Iterator[str]:
    """Yield the names mentioned in ``text``, as they are spelled."""
    return (match.group(1) for match in MENTION.finditer(text))


def find_mentionable_users(page: Page) -> list[User]:
    """Return the users of the page's space and the reviewers of its workflow.

    A reviewer of another space may mention who wrote or sent the version, and her own colleagues.
    """
    visitor = current_visitor()
    if visitor is not None and is_shared_page(page, visitor):
        return find_participants(page, visitor)
    space, workflow = space_of(page), page.get_workflow()
    decides = Q(reviewtask__workflow_tasks__workflow=workflow) if workflow else Q(pk__in=[])
    if space is not None:
        decides |= Q(pk__in=[space.editors_id, space.reviewers_id, space.administrators_id])
    groups = Group.objects.filter(decides)
    people = User.objects.filter(is_active=True, groups__in=groups)
    return list(people.order_by("first_name", "last_name", "pk").distinct())


def find_participants(page: Page, reviewer: RequestUser) -> list[User]:
    """Return the author and the sender of the version under review, and the colleagues of ``reviewer``."""
    state = page.current_workflow_task_state
    if state is None:
        return []
    wrote = [state.revision.user_id, state.workflow_state.requested_by_id]
    colleagues = Q(groups__reviewtask=state.task_id) & Q(groups__reviews_space__in=spaces_of(reviewer))
    people = User.objects.filter(Q(pk__in=[pk for pk in wrote if pk]) | colleagues, is_active=True)
    return list(people.order_by("first_name", "last_name", "pk").distinct())


def find_mentioned_users(text: str, page: Page) -> list[User]:
    """Return the users mentioned in ``text`` who may see the page: those of its space and the state team."""
    wanted = {name.casefold() for name in iter_mentioned_names(text)}
    if not wanted:
        return []
    people = {person.pk: person for person in [*find_mentionable_users(page), *state_team()]}
    return [person for person in people.values() if person.username.casefold() in wanted]


def find_unknown_names(text: str, found: Iterable[User]) -> list[str]:
    """Return the mentioned names that match no user in ``found``, whether the account exists or not."""
    known = {person.username.casefold() for person in found}
    return [name for name in dict.fromkeys(iter_mentioned_names(text)) if name.casefold() not in known]


def notify_mentioned(written: Comment | CommentReply, before: str, by: User) -> None:
    """Notify the users mentioned in a comment or reply, except those its earlier text mentioned."""
    already = {name.casefold() for name in iter_mentioned_names(before)}
    if not {name.casefold() for name in iter_mentioned_names(written.text)} - already:
        return
    comment = written.comment if isinstance(written, CommentReply) else written
    people = [
        person
        for person in find_mentioned_users(written.text, comment.page)
        if person.username.casefold() not in already
    ]
    notify(people, partial(_write_mention, comment, written.text, by), by)


def _write_mention(comment: Comment, text: str, by: User, reader: User) -> EmailText:
    page = comment.page.specific_deferred
    title = page.get_admin_display_title()
    body = _("%(who)s te mencionó en un comentario sobre «%(title)s»:\n\n%(text)s\n\n%(address)s\n")
    return _("Te mencionaron en «%(title)s»") % {"title": title}, body % {
        "who": by.public_name,
        "title": title,
        "text": text,
        "address": find_reader_url(page, reader),
    }
