"""Receivers for comments: only the author may change one, and mentioned users get an e-mail."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.signals import post_save, pre_delete, pre_save
from django.utils.translation import gettext as _
from wagtail.models import Comment, CommentReply

from abierto.approval.errors import NotAllowed
from abierto.approval.roles.grants import acting_user

from .mentions import notify_mentioned

PREVIOUS_TEXT = "_abierto_text_before"


def check_comment_author(sender: type[models.Model], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Refuse a comment in another user's name, or a change of another user's comment."""
    by = acting_user()
    stored = (
        sender._base_manager.filter(pk=instance.pk).values("text", "user_id").first() if instance.pk else None
    )
    setattr(instance, PREVIOUS_TEXT, stored["text"] if stored else "")
    if raw or by is None:
        return
    if stored is None:
        is_own = instance.user_id == by.pk
    else:
        is_untouched = stored["text"] == instance.text and stored["user_id"] == instance.user_id
        is_own = is_untouched or stored["user_id"] == instance.user_id == by.pk
    if not is_own:
        raise NotAllowed(_("Solo quien escribió un comentario puede cambiarlo o borrarlo."))


def check_comment_deletion(
    sender: type[models.Model], instance: Any, origin: Any = None, **kwargs: Any
) -> None:
    """Refuse to delete another user's comment, except with its page, thread or account."""
    by = acting_user()
    model = origin.model if isinstance(origin, models.QuerySet) else type(origin)
    if model is sender and by is not None and instance.user_id != by.pk:
        raise NotAllowed(_("Solo quien escribió un comentario puede cambiarlo o borrarlo."))


def notify_mentioned_users(
    sender: type[models.Model], instance: Any, raw: bool = False, **kwargs: Any
) -> None:
    """Notify the users mentioned in the new text."""
    before = instance.__dict__.pop(PREVIOUS_TEXT, "")
    if not raw and before != instance.text:
        notify_mentioned(instance, before, acting_user() or instance.user)


def connect() -> None:
    """Connect the receivers; called once, in ``AppConfig.ready``."""
    for model in (Comment, CommentReply):
        uid = f"abierto.approval.review.comments.{model.__name__}"
        pre_save.connect(check_comment_author, sender=model, dispatch_uid=f"{uid}.words")
        pre_delete.connect(check_comment_deletion, sender=model, dispatch_uid=f"{uid}.deletion")
        post_save.connect(notify_mentioned_users, sender=model, dispatch_uid=f"{uid}.mentions")
