"""Wagtail's comments in the editing form: also on inline rows, and told apart from changes of content."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms.comments import CommentFormSet
from wagtail.admin.panels import CommentPanel
from wagtail.models import COMMENTS_RELATION_NAME, CommentPanelPlaceholder

from .places import is_there
from .saving import TOUCHED


class RowsCommentFormSet(CommentFormSet):
    """Takes the comments on rows too, and leaves word that something was commented."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = getattr(self.instance, COMMENTS_RELATION_NAME).all()
        here = [comment.pk for comment in known if is_there(self.instance, comment.contentpath)]
        self.queryset = known.filter(id__in=here)

    def save(self, commit: bool = True) -> Any:
        """Keep the comments with the page in memory."""
        saved = super().save(commit=commit)
        if self.new_objects or self.changed_objects or self.deleted_objects:
            setattr(self.instance, TOUCHED, True)
        return saved


class RowsCommentPanel(CommentPanel):
    """Wagtail's own panel, with our form set in it."""

    def get_form_options(self) -> dict[str, Any]:
        """Put our form set in the place of Wagtail's."""
        options = super().get_form_options()
        options["formsets"][COMMENTS_RELATION_NAME]["formset"] = RowsCommentFormSet
        return options


def with_our_comments(panels: list[Any]) -> list[Any]:
    """Return the settings of a page with our panel of comments instead of Wagtail's."""
    return [RowsCommentPanel() if isinstance(one, CommentPanelPlaceholder) else one for one in panels]
