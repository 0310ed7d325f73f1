"""Comments in the edit form, also on inline rows, and separate from changes of content."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import Q
from wagtail.admin.forms.comments import CommentFormSet
from wagtail.admin.panels import CommentPanel
from wagtail.admin.ui.components import Component
from wagtail.models import COMMENTS_RELATION_NAME, Comment, CommentPanelPlaceholder, Page

from abierto.accounts.models import User
from abierto.tenancy.access import scope

from .content_paths import has_content_path
from .mentions import iter_mentioned_names
from .saving import COMMENTS_CHANGED


class RowsCommentFormSet(CommentFormSet):
    """Accept comments on inline rows too, and mark the page when comments changed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = getattr(self.instance, COMMENTS_RELATION_NAME).all()
        existing = [comment.pk for comment in known if has_content_path(self.instance, comment.contentpath)]
        self.queryset = known.filter(id__in=existing)

    def save(self, commit: bool = True) -> Any:
        """Save the comments with the page in memory."""
        saved = super().save(commit=commit)
        if self.new_objects or self.changed_objects or self.deleted_objects:
            setattr(self.instance, COMMENTS_CHANGED, True)
        return saved


class RowsCommentPanel(CommentPanel):
    """Wagtail's comment panel with ``RowsCommentFormSet``."""

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        options["formsets"][COMMENTS_RELATION_NAME]["formset"] = RowsCommentFormSet
        return options


def replace_comment_panel(panels: list[Any]) -> list[Any]:
    """Return the settings panels of a page with ``RowsCommentPanel`` instead of Wagtail's panel."""
    return [RowsCommentPanel() if isinstance(panel, CommentPanelPlaceholder) else panel for panel in panels]


SHOWN = 10


def load_mentions(user: User) -> list[Comment]:
    """Return the open comments that mention ``user``, on pages that she may see. Two queries."""
    calls = f"@{user.username}"
    # The database narrows the search; only whole names count.
    wanted = Comment.objects.filter(
        Q(text__icontains=calls) | Q(replies__text__icontains=calls),
        resolved_at__isnull=True,
        page__in=scope(Page.objects.all(), user),
    )
    comments = (
        wanted.select_related("page__latest_revision", "user")
        .prefetch_related("replies")
        .order_by("-pk")
        .distinct()
    )
    return [comment for comment in comments[: SHOWN * 2] if _is_mentioned(user, comment)][:SHOWN]


def _is_mentioned(user: User, comment: Comment) -> bool:
    name = user.username.casefold()
    texts = [comment.text, *(reply.text for reply in comment.replies.all())]
    return any(name == called.casefold() for text in texts for called in iter_mentioned_names(text))


class MentionsPanel(Component):
    """The open comments that mention the current user, each linked to its field in the editor."""

    name = "approval_mentions"
    order = 70
    template_name = "approval/mentions_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"comments": load_mentions(cast(User, parent_context["request"].user))}
