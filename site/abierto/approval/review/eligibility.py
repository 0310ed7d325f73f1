"""Whether an account may decide about a text: that it is a person's, hers alone, and not the author's."""

import datetime
from collections.abc import Collection, Iterable

from django.contrib.auth.models import Group
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision
from wagtail_localize.models import SegmentOverride, StringTranslation

from abierto.accounts.models import User
from abierto.approval.roles.grant_history import barred_authors, hands_behind, load_grant_history

KEYS_OF_ANOTHER = _("Otra persona fijó tu contraseña o tu correo. Cámbiala en «Tu acceso» antes de decidir.")
NOT_ATTESTED = _("Tu papel espera que otra persona del equipo estatal lo confirme. Pídelo.")
LET_IN_BY_AUTHOR = _(
    "Quien escribió esto te dio el papel de revisar o tu contraseña. Debe aprobarlo otra persona."
)
OPENED_BY_REVIEWER = _("Fijaste la contraseña o el correo de quien escribió. Debe aprobarlo otra persona.")


def refusal(reviewer: User, groups: Iterable[Group], authors: Collection[int | None]) -> Promise | None:
    """Return why ``reviewer`` may not decide in these groups on what ``authors`` wrote; None when she may."""
    groups = list(groups)
    wrote = {author for author in authors if author is not None}
    history = load_grant_history(reviewer, groups)
    if barred_authors(reviewer, groups, history) & wrote:
        return LET_IN_BY_AUTHOR
    if history.key_holder is not None:
        return KEYS_OF_ANOTHER
    if not history.is_attested:
        return NOT_ATTESTED
    return OPENED_BY_REVIEWER if reviewer.pk in hands_behind(wrote) else None


def translators_of(revision: Revision, since: datetime.datetime | None) -> set[int | None]:
    """Return who translated words of a version after ``since``, or ever. One query."""
    key, locale = revision.content.get("translation_key"), revision.content.get("locale")
    if key is None or locale is None:
        return set()
    strings, overrides = (
        model.objects.filter(
            locale=locale,
            context__object=key,
            **({"updated_at__gt": since} if since is not None else {}),
        )
        .order_by()
        .values_list("last_translated_by", flat=True)
        for model in (StringTranslation, SegmentOverride)
    )
    return set(strings.union(overrides))
