"""Publish without review: by the state's administrators only, by name, with notification of the reviewers.

The ledger records it as an emergency, and the public page names the person and the reason until a reviewed
version replaces it.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from abierto.accounts.models import User
from abierto.addresses import page_url
from abierto.approval.errors import ContentChanged, NotAllowed, ReviewRefused
from abierto.approval.ledger.hashing import content_hash
from abierto.approval.ledger.trace import live_version_condition
from abierto.approval.models import Approval, ApprovalKind
from abierto.approval.notifications import EmailText, notify, space_reviewers, state_team
from abierto.approval.reader_links import build_admin_url
from abierto.approval.review.decisions import build_token, format_validation_error
from abierto.approval.review.eligibility import find_account_refusal, find_author_ids
from abierto.approval.review.validation import check_valid
from abierto.approval.roles.grants import is_state_administrator
from abierto.tenancy.access import space_of
from abierto.text import visible_text


def may_publish_in_emergency(page: Page, user: User) -> bool:
    """Check whether ``user`` may publish the unpublished changes of ``page`` without a review."""
    return page.pk is not None and page.has_unpublished_changes and is_state_administrator(user)


@transaction.atomic
def publish_in_emergency(page: Page, user: User, token: str, reason: str) -> Approval:
    """Publish the latest version of ``page`` at once and record the user and the reason.

    Raises:
        ReviewRefused: with the message; nothing has changed then.
    """
    reason = " ".join(visible_text(reason).split())
    revision = _check_emergency(page, user, token, reason)
    check_valid(revision, by=user)
    row = Approval.record(
        page,
        ApprovalKind.EMERGENCY,
        sha=content_hash(revision),
        approver=user,
        reporter=revision.user,
        authors=find_author_ids(revision),
        revision_number=revision.pk,
        comment=reason,
    )
    try:
        revision.publish(user=user)
    except ValidationError as error:
        raise ReviewRefused(format_validation_error(error)) from error
    _notify_reviewers(page, user, reason)
    return row


def _check_emergency(page: Page, user: User, token: str, reason: str) -> Revision:
    """Return the version shown on the screen if it may be published now."""
    if not is_state_administrator(user):
        raise NotAllowed(_("De emergencia publica solo la administración estatal. Pide una revisión."))
    unconfirmed = find_account_refusal(user, (), ())
    if unconfirmed is not None:
        # The page shows the user's name: with shared credentials it would be wrong.
        raise NotAllowed(str(unconfirmed))
    if not reason:
        raise ReviewRefused(_("Escribe el motivo: se muestra en la página."))
    revision = page.get_latest_revision()
    if revision is None or not page.has_unpublished_changes:
        raise ReviewRefused(_("No hay nada nuevo que publicar en esta página."))
    if not constant_time_compare(token, build_token(revision)):
        sentence = _("El contenido cambió después de que abriste esta pantalla. No se publicó nada.")
        raise ContentChanged(sentence, page, read=None, current=revision)
    scheduled = revision.as_object().go_live_at
    if scheduled is not None and scheduled > timezone.now():
        raise ReviewRefused(_("Esta versión tiene fecha futura. Quítale la fecha para publicarla ahora."))
    return revision


def _notify_reviewers(page: Page, user: User, reason: str) -> None:
    """Write to the reviewers of the space and to the state team."""
    link = page_url(page) or build_admin_url("wagtailadmin_home")

    def write(reader: User) -> EmailText:
        subject = _("Publicado de emergencia: %(what)s") % {"what": page}
        text = _(
            "%(who)s publicó «%(what)s» sin revisión. Motivo: %(reason)s\n\n"
            "La página lo dice. Revísala: si algo está mal, retírala o corrígela."
        ) % {"who": user.public_name, "what": page, "reason": reason}
        return subject, f"{text}\n\n{link}"

    notify([*space_reviewers(space_of(page)), *state_team()], write, user)


def live_kind_subquery() -> Subquery:
    """Return the annotation with the kind of the live decision of each page."""
    source = Cast(Coalesce(OuterRef("alias_of_id"), OuterRef("pk")), CharField())
    # Of an alias, the version that its source shows.
    version = Coalesce(OuterRef("alias_of__live_revision_id"), OuterRef("live_revision_id"))
    rows = Approval.objects.filter(
        live_version_condition(version),
        content_type__app_label="wagtailcore",
        content_type__model="page",
        object_id=source,
    )
    return Subquery(rows.order_by("-id").values("kind")[:1])
