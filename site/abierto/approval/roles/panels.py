"""The panel of the admin home page about roles that do not count yet."""

from typing import Any, cast

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from abierto.accounts.models import User

from .confirmation import (
    UnconfirmedAccount,
    build_unconfirmed,
    find_deciding_roles,
    find_unconfirmed,
    load_state_administrators,
)
from .grant_history import GrantHistory, load_grant_histories, load_grant_history
from .grants import is_state_administrator


def describe_own_role(user: User) -> str:
    """Return why the role of ``user`` does not count yet, and who can help; empty if it counts."""
    history = load_grant_history(user)
    if history.is_attested and history.key_holder is None:
        return ""
    roles = find_deciding_roles(user)
    if not roles:
        return ""
    sentences = []
    if not history.is_attested:
        sentences.append(describe_missing_confirmation(build_unconfirmed(user, roles, history)))
    if history.key_holder is not None:
        sentences.append(
            _("Otra persona fijó tu contraseña o tu correo. Cámbiala en «Tu acceso» antes de decidir.")
        )
    return " ".join(sentences)


def describe_missing_confirmation(unconfirmed: UnconfirmedAccount) -> str:
    """Describe the waiting roles of an account, and name the people who can confirm them."""
    people = load_state_administrators()
    histories = load_grant_histories([person.pk for person in people])
    helpers = [
        person.public_name for person in people if can_confirm(unconfirmed, person, histories[person.pk])
    ]
    sentence = _(
        "Tu papel (%(roles)s) espera que otra persona del equipo estatal lo confirme. Hasta entonces no "
        "puedes aprobar ni dar papeles."
    )
    who = _("Pídelo a: %(names)s.") if helpers else _("Nadie más puede confirmarlo: falta otra cuenta.")
    roles = get_text_list([group.name for group in unconfirmed.groups], _("y"))
    return f"{sentence} {who}" % {"roles": roles, "names": "; ".join(helpers)}


def can_confirm(unconfirmed: UnconfirmedAccount, person: User, history: GrantHistory) -> bool:
    """Check that ``person`` does not vouch for the account yet, and that her own role counts."""
    return history.is_attested and history.key_holder is None and unconfirmed.may_be_confirmed_by(person)


def find_confirmable(user: User) -> list[UnconfirmedAccount]:
    """Return the accounts whose roles wait for ``user``."""
    if not is_state_administrator(user):
        return []
    history = load_grant_history(user)
    return [unconfirmed for unconfirmed in find_unconfirmed() if can_confirm(unconfirmed, user, history)]


class RolesPanel(Component):
    """Why the user cannot decide yet, and the roles that wait for her confirmation."""

    name = "approval_roles"
    order = 10
    template_name = "approval/roles_panel.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = cast(User, parent_context["request"].user)
        return {"own": describe_own_role(user), "waiting": find_confirmable(user)}
