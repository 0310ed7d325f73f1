"""Deciding on a bundle: each reviewer on the pages of her space, and nothing is public until all have.

Whoever approves the last step of a page gives her word on exactly what she read. When every page has such a
word, all of them are approved at once, each in the name of who gave it; one that fails undoes all.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from abierto.accounts.models import User
from abierto.approval.errors import ContentChanged, InvalidContent, ReviewRefused
from abierto.approval.models import ReviewTask
from abierto.approval.models.task import APPROVE, RETURN
from abierto.approval.notifications import tell
from abierto.approval.review import decisions
from abierto.text import visible_text

from .locks import deciding
from .models import Bundle, BundleDecision, BundleItem, BundleStatus
from .queries import decided_by, in_review, items_of, left_to, name_for, task_state_of, words_on
from .services import close, lock


@transaction.atomic
def approve(bundle: Bundle, user: User, tokens: Mapping[int, str], comment: str) -> Bundle:
    """Approve the pages of a bundle that wait for ``user``, as she read them; all of it is public or nothing.

    ``tokens`` says, by the number of each item, what was read.

    Raises:
        ReviewRefused: with the sentence that names the page; then nothing changed.
    """
    locked = lock(bundle, BundleStatus.SENT)
    if locked.go_live_at is not None and locked.go_live_at <= timezone.now():
        raise ReviewRefused(_("La fecha del paquete ya pasó. Devuélvelo para que pongan otra."))
    items = items_of(locked)
    for item in items:
        if not in_review(item):
            raise ReviewRefused(_whole(user, item, _("Ya no está en revisión.")))
    for item in _left_to(user, items):
        _give_word(item, user, tokens.get(item.pk, ""), comment)
    _publish_when_whole(locked, user, comment)
    return locked


@transaction.atomic
def return_to_authors(bundle: Bundle, user: User, comment: str) -> None:
    """Return a bundle whole: the pages that ``user`` reviews with her reason, the others as drafts."""
    locked = lock(bundle, BundleStatus.SENT)
    if not visible_text(comment):
        raise ReviewRefused(_("Escribe qué debe cambiar para que se pueda aprobar."))
    items = items_of(locked)
    hers = decided_by(user, items)
    if not hers:
        raise ReviewRefused(_("Ninguna página del paquete espera tu revisión."))
    words = words_on(items)
    for item in hers:
        decide(item, user, RETURN, comment)
    for item in items:
        if item not in hers and in_review(item):
            item.workflow_state.cancel(user=user)  # type: ignore[union-attr]
    close(locked, BundleStatus.RETURNED, user, comment)
    text = _("%(who)s devolvió el paquete «%(name)s». Lo que aprobaste de él vuelve a ser borrador.")
    subject = _("Se devolvió el paquete «%(name)s»") % {"name": locked.name}
    tell(
        {word.by for word in words.values()},
        subject,
        text % {"who": user.public_name, "name": locked.name},
        user,
    )


def _left_to(user: User, items: list[BundleItem]) -> list[BundleItem]:
    """Return what ``user`` has still to decide on; refuse when that is nothing."""
    left = left_to(user, items)
    if not left:
        raise ReviewRefused(_("No te toca aprobar nada de este paquete, o ya lo hiciste."))
    return left


def _give_word(item: BundleItem, user: User, token: str, comment: str) -> None:
    """Approve a page's step; the last one waits for the other pages."""
    state = task_state_of(item)
    if not state.workflow_state.is_at_final_task:
        decide(item, user, APPROVE, comment, token)
        return
    try:
        decisions.check_approval(state, user, token)
    except ReviewRefused as refusal:
        raise _named(user, item, refusal) from refusal
    BundleDecision.objects.create(item=item, task_state=state, by=user, token=token, comment=comment)


def _publish_when_whole(bundle: Bundle, user: User, comment: str) -> None:
    """Approve every page once all have somebody's word that still holds."""
    items = items_of(bundle)
    words = words_on(items)
    for item in items:
        if item.pk in words and not _holds(item, words[item.pk]):
            words.pop(item.pk).delete()
    if len(words) < len(items):
        return
    for item in items:
        word = words[item.pk]
        decide(item, word.by, APPROVE, word.comment, word.token, told=user)
    if all(item.workflow_state.status == WorkflowState.STATUS_APPROVED for item in items_of(bundle)):  # type: ignore[union-attr]
        close(bundle, BundleStatus.DONE, user, comment)


def _holds(item: BundleItem, word: BundleDecision) -> bool:
    """Say whether who gave a word could give it today, for what there is now, and it would be the last."""
    state = task_state_of(item)
    task = ReviewTask.objects.get(pk=state.task_id)
    return (
        word.by.is_active
        and state.workflow_state.is_at_final_task
        and task._user_in_groups(word.by)
        and not decisions.why_not(state, word.by)
        and word.token == decisions.token_of(state.revision)
    )


def decide(
    item: BundleItem, user: User, action: str, comment: str, token: str = "", told: User | None = None
) -> None:
    """Decide on one page of a bundle by its own review task; name the page in whatever is refused."""
    state = task_state_of(item)
    try:
        with deciding(item.bundle):
            state.task.specific.on_action(state, user, action, token=token, comment=comment)
    except ReviewRefused as refusal:
        raise _named(told or user, item, refusal) from refusal


def _named(user: User, item: BundleItem, refusal: ReviewRefused) -> ReviewRefused:
    """Return the refusal with the name of the page; of somebody else's, no more than that it failed."""
    if not name_for(user, item):
        return ReviewRefused(_whole(user, item, _("No se pudo publicar.")))
    # The bundle names the page itself.
    sentence = refusal.problems if isinstance(refusal, InvalidContent) else refusal.sentence
    said = _whole(user, item, sentence)
    if isinstance(refusal, ContentChanged):
        return ContentChanged(said, refusal.page, refusal.read, refusal.current)
    return ReviewRefused(said)


def _whole(user: User, item: BundleItem, sentence: str) -> str:
    title = name_for(user, item) or _("Una página de otro espacio")
    return _("«%(title)s»: %(sentence)s Del paquete no cambió nada.") % {"title": title, "sentence": sentence}
