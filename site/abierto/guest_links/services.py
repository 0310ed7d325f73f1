"""Guest links: signed, for one version, until a date or a revocation."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, ReferenceIndex, TaskState, get_default_page_content_type

from abierto.accounts.models import User
from abierto.addresses import absolute_url
from abierto.approval.errors import NotAllowed
from abierto.media.models import PortalImage
from abierto.tenancy.access import scope, sees_everything
from abierto.tenancy.isolation.viewer import is_own_page

from .models import GuestLink

SALT = "abierto.dashboard.guest"
COOKIE = "borrador"
"""Cookie with the token of the link that a guest opened last, for the images of its page."""


def sign_token(link: GuestLink) -> str:
    """Return the signed token of ``link``: its id and its revision."""
    return signing.Signer(salt=SALT).sign_object([link.pk, link.revision_id])


def build_guest_url(link: GuestLink) -> str:
    """Return the absolute URL of ``link``."""
    return absolute_url(reverse("view_draft", args=[sign_token(link)]))


def find_usable_link(token: str) -> GuestLink | None:
    """Return the link of a token while it is usable; None for any other token."""
    try:
        number, revision = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    links = GuestLink.objects.select_related("revision", "created_by")
    link = links.filter(pk=number, revision_id=revision).first()
    return link if link is not None and is_usable(link) else None


def is_usable(link: GuestLink) -> bool:
    """Check that ``link`` is open and that its author may still share the page."""
    return link.is_open and may_still_share(link)


def may_still_share(link: GuestLink) -> bool:
    """Check that the author of ``link`` is active and may share the page where it is now."""
    if not link.created_by.is_active:
        return False
    page = Page.objects.filter(pk=link.revision.object_id).first()
    return page is not None and may_share(page.specific, link.created_by)


def link_status(link: GuestLink) -> str:
    """Return the status of ``link`` as text."""
    if link.revoked_at is not None:
        return _("Revocado")
    if not link.is_open:
        return _("Venció")
    return _("Abierto") if may_still_share(link) else _("Cerrado: quien lo hizo ya no puede compartirla")


def is_shown_to_guest(image: PortalImage, request: HttpRequest) -> bool:
    """Check whether the version of the guest's link shows ``image``; called by ``abierto.media.access``."""
    link = find_usable_link(request.COOKIES.get(COOKIE, ""))
    if link is None:
        return False
    kind = ContentType.objects.get_for_model(PortalImage).pk
    references = ReferenceIndex._extract_references_from_object(link.revision.as_object())
    return any(reference[:2] == (kind, str(image.pk)) for reference in references)


def may_share(page: Page, user: User) -> bool:
    """Check whether ``user`` may share drafts of ``page``: may edit it, or unlock it in its space.

    Wagtail lets the account that locked a page unlock it, also after it lost its role.
    """
    permissions = page.permissions_for_user(user)
    return bool(permissions.can_edit() or (permissions.can_unlock() and is_own_page(page, user)))


def create_link(link: GuestLink, page: Page, by: User) -> GuestLink:
    """Create a link to the latest version of ``page``, on record.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    if not may_share(page, by):
        raise NotAllowed(_("Solo comparte un borrador quien puede editarlo."))
    if page.latest_revision_id is None:
        raise NotAllowed(_("La página no tiene ningún borrador guardado. Guárdalo primero."))
    link.revision_id, link.created_by = page.latest_revision_id, by
    link.full_clean()
    link.save()
    log(
        instance=page,
        action="abierto.guest_link",
        user=by,
        revision=link.revision,
        data={"guest": link.guest, "link": link.pk},
    )
    return link


def revoke_link(link: GuestLink, by: User) -> None:
    """Revoke a link.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    if link.revoked_at is not None:
        raise NotAllowed(_("Ese enlace ya estaba revocado."))
    if not find_visible_links(by).filter(pk=link.pk).exists():
        raise NotAllowed(_("Solo revoca un enlace alguien de su espacio."))
    _mark_revoked(link, by)


def revoke_links_of_closed_account(sender: Any, instance: User, raw: bool = False, **kwargs: Any) -> None:
    """Revoke the links of a closed account, so that reactivating it opens none."""
    if raw or instance.is_active:
        return
    for link in GuestLink.objects.filter(created_by=instance, revoked_at=None).select_related("revision"):
        _mark_revoked(link, by=None)


def _mark_revoked(link: GuestLink, by: User | None) -> None:
    """Revoke a link, on record; without a user where its author's account was closed."""
    link.revoked_at, link.revoked_by = timezone.now(), by
    link.save(update_fields=["revoked_at", "revoked_by"])
    page = Page.objects.filter(pk=link.revision.object_id).first()
    if page is not None:
        log(instance=page, action="abierto.guest_link_revoked", user=by, data={"link": link.pk})


def find_visible_links(user: User) -> QuerySet[GuestLink]:
    """Return the links to pages in the spaces of ``user``."""
    waiting = TaskState.objects.filter(revision=OuterRef("revision"), status=TaskState.STATUS_IN_PROGRESS)
    links = GuestLink.objects.select_related("revision", "created_by").defer("revision__content")
    links = links.annotate(waits_at=Subquery(waiting.order_by("-pk").values("task__name")[:1]))
    if sees_everything(user):
        return links
    own = [str(pk) for pk in scope(Page.objects.all(), user).values_list("pk", flat=True)]
    return links.filter(
        revision__base_content_type=get_default_page_content_type(), revision__object_id__in=own
    )
