"""The comment actions of the review screen."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import HttpRequest
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.models import Page, TaskState

from abierto.accounts.models import User
from abierto.approval.errors import ReviewRefused
from abierto.approval.review import decisions
from abierto.text import VisibleCharField

from . import threads
from .mentions import find_mentioned_users, find_unknown_names

COMMENT, ANSWER, RESOLVE = "comment", "answer", "resolve"
ACTIONS = frozenset({COMMENT, ANSWER, RESOLVE})


def handle_comment(request: HttpRequest, task_state: TaskState) -> CommentForm | None:
    """Handle the submitted action; return the form if it is invalid.

    Raises:
        CommentRefused: the review is over, or the commented field or comment was deleted.
    """
    user, action = cast(User, request.user), request.POST.get("action")
    submitted = request.POST.get("text", "")
    try:
        state = decisions.lock_review(task_state)
    except ReviewRefused as refusal:
        raise threads.CommentRefused(refusal.sentence, submitted) from refusal
    page = state.revision.content_object
    if action == RESOLVE:
        threads.resolve_comment(threads.find_open_comment(page, request.POST.get("comment", "")), user)
        messages.success(request, _("Comentario resuelto."))
        return None
    form = CommentForm(request.POST)
    if not form.is_valid():
        return form
    text = form.cleaned_data["text"]
    if action == ANSWER:
        threads.add_reply(threads.find_open_comment(page, request.POST.get("comment", ""), text), user, text)
    else:
        threads.add_comment(state.revision, user, request.POST.get("path", ""), text)
    report_mentions(request, text, page)
    return None


def report_mentions(request: HttpRequest, text: str, page: Page) -> None:
    """Add messages with the mentioned users who get an e-mail and the unknown names."""
    found = find_mentioned_users(text, page)
    names = [person.public_name for person in found if person != request.user]
    sentence = gettext("Comentario guardado.")
    if names:
        recipients = get_text_list(names, gettext("y"))
        sentence = f"{sentence} {gettext('Se avisó a %(who)s.') % {'who': recipients}}"
    messages.success(request, sentence)
    for name in find_unknown_names(text, found):
        messages.warning(
            request,
            gettext("Nadie que pueda ver esta página se llama @%(name)s: no se avisó.") % {"name": name},
        )


MAX_LENGTH = 2000


class CommentForm(forms.Form):
    """A comment on a field, or a reply to a comment."""

    text = VisibleCharField(
        label=_("Comentario"),
        max_length=MAX_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "required": _("Escribe tu comentario."),
            "max_length": _("Son demasiadas letras: usa 2000 como mucho."),
        },
    )
    mention = forms.CharField(label=_("Avisar a"), required=False, max_length=150)

    def clean(self) -> dict[str, Any]:
        """Add the selected user to the mentions in the text."""
        cleaned: dict[str, Any] = super().clean() or {}
        name = cleaned.get("mention", "").strip().removeprefix("@")
        if name and "text" in cleaned and f"@{name}".casefold() not in cleaned["text"].casefold():
            cleaned["text"] = f"@{name} {cleaned['text']}"
        return cleaned
