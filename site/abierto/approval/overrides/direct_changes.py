"""Objects without drafts (redirects, sites): only the state team may change them, on record.

Each change gets a row of the ledger with its author, and the state team is notified.
"""

from collections.abc import Callable, Collection
from typing import Any

from django.db import models
from django.db.models.signals import pre_save
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from abierto.accounts.models import User
from abierto.approval.errors import NotAllowed
from abierto.approval.ledger.hashing import digest
from abierto.approval.models import Approval, ApprovalKind
from abierto.approval.notifications import EmailText, notify, state_team
from abierto.approval.review.private_data import describe, iter_field_texts, scan_text
from abierto.approval.roles.grants import acting_user
from abierto.privacy.findings import FindingLevel
from abierto.tenancy.access import sees_everything
from abierto.tenancy.models import PortalSettings


def is_published_on_save(row: models.Model) -> bool:
    """Check whether ``row`` is public as soon as it is saved."""
    return isinstance(row, Redirect | Site)


def check_direct_change(row: models.Model, by: User | None) -> None:
    """Refuse a change of ``row`` by a user below the state level; commands and the shell are not checked.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    made_by_a_move = isinstance(row, Redirect) and row.automatically_created
    if by is not None and not made_by_a_move and not sees_everything(by):
        raise NotAllowed(_("Esto se ve en público al guardarlo. Solo lo cambia el equipo estatal: pídeselo."))
    check_private_data(row)


def check_private_data(row: models.Model, names: Collection[str] | None = None) -> None:
    """Refuse personal data that may never be public in a row that is public as soon as it is saved.

    ``names`` are the fields that the public reads; all of them by default.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    for name, text in iter_field_texts(row):
        for finding in scan_text(text) if names is None or name in names else ():
            if finding.level == FindingLevel.BLOCK:
                raise NotAllowed(describe(text, finding))


def record_direct_change(row: models.Model, by: User | None, done: str) -> None:
    """Record in the ledger who changed ``row``, and notify the state team."""
    if by is None:
        return
    Approval.record(row, ApprovalKind.DIRECT, sha=hash_row(row), approver=by, reporter=by, comment=done)

    def write(reader: User) -> EmailText:
        subject = _("%(what)s: «%(row)s»") % {"what": row._meta.verbose_name, "row": row}
        text = _("%(who)s: %(done)s Se ve en público desde ahora.") % {"who": by.public_name, "done": done}
        return subject, text

    notify(state_team(), write, by)


def check_setting_change(setting: models.Model, field: str, done: Callable[[Any], str]) -> None:
    """Refuse a change of ``field`` below the state level, and record it with the sentence ``done(setting)``.

    Wagtail saves an unchanged row when the screen of a setting is opened: that is no change.

    Raises:
        NotAllowed: with the sentence for the user.
    """
    model, by = type(setting), acting_user()
    stored = model._default_manager.filter(pk=setting.pk).first() if setting.pk else None
    if getattr(setting, field) == getattr(stored or model(), field):
        return
    check_direct_change(setting, by)
    if stored is not None:
        record_direct_change(setting, by, done(setting))


def hash_row(row: models.Model) -> str:
    """Return the hash of the content of ``row``."""
    data: dict[str, Any] = {field.name: field.value_from_object(row) for field in row._meta.fields}
    return digest(type(row), data)


# --- Portal settings shown on every page ---------------------------------------------------------------


def guard_territory(sender: type[PortalSettings], instance: PortalSettings, **kwargs: Any) -> None:
    """Refuse a change of territory by an account below the state level, and record any other."""
    check_setting_change(instance, "territory", describe_territory)


def describe_territory(settings: PortalSettings) -> str:
    """Return the sentence for the ledger."""
    if settings.territory:
        return _("ahora el portal dice que es el del estado de %(name)s.") % {"name": settings.territory}
    return _("ahora el portal no dice de qué estado es.")


def guard_contact_email(sender: type[PortalSettings], instance: PortalSettings, **kwargs: Any) -> None:
    """Refuse a change of the contact address below the state level, and record any other."""
    check_setting_change(instance, "contact_email", describe_contact_email)


def describe_contact_email(settings: PortalSettings) -> str:
    """Return the sentence for the ledger."""
    if settings.contact_email:
        return _("ahora el correo oficial del portal es %(email)s.") % {"email": settings.contact_email}
    return _("ahora el portal no dice a qué correo escribirle.")


def connect_portal_settings() -> None:
    for guard in (guard_territory, guard_contact_email):
        pre_save.connect(guard, sender=PortalSettings, dispatch_uid=f"abierto.approval.{guard.__name__}")
