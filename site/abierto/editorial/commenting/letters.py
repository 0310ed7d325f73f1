"""The letter to whoever is called in a comment."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Comment, CommentReply

from abierto.accounts.models import User
from abierto.editorial.notices import tell

from .mentions import called_in, mentioned


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
