"""«Te mencionaron», on the front page of the administration."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import Q
from wagtail.admin.ui.components import Component
from wagtail.models import Comment, Page

from abierto.accounts.models import User
from abierto.tenancy.access import scope

from .mentions import called_in

SHOWN = 10


def mentions_of(user: User) -> list[Comment]:
    """Return the open comments that call ``user``, of pages that she may see. Two queries."""
    calls = f"@{user.username}"
    # The database narrows the search; only whole names count.
    wanted = Comment.objects.filter(
        Q(text__icontains=calls) | Q(replies__text__icontains=calls),
        resolved_at__isnull=True,
        page__in=scope(Page.objects.all(), user),
    )
    comments = wanted.select_related("page", "user").prefetch_related("replies").order_by("-pk").distinct()
    return [comment for comment in comments[: SHOWN * 2] if _is_called(user, comment)][:SHOWN]


def _is_called(user: User, comment: Comment) -> bool:
    name = user.username.casefold()
    texts = [comment.text, *(reply.text for reply in comment.replies.all())]
    return any(name == called.casefold() for text in texts for called in called_in(text))


class MentionsPanel(Component):
    """The open comments that call whoever looks, each leading to its field in the editor."""

    name = "editorial_mentions"
    order = 70
    template_name = "editorial/mentions_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Read the comments."""
        return {"comments": mentions_of(cast(User, parent_context["request"].user))}
