"""What the screens of an account need to say."""

from dataclasses import dataclass

from django import template
from django.utils.translation import gettext as _

from abierto.accounts.second_factor import is_verified, needs_second_factor

register = template.Library()

#: In this order: each of them calls itself by the names of those below it too.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


@dataclass(frozen=True)
class SecondFactorStatus:
    """Where somebody stands with her second factor."""

    is_owed: bool


@register.simple_tag(takes_context=True)
def second_factor_standing(context: template.Context) -> SecondFactorStatus:
    """Say whether the person at the screen still owes a second factor."""
    request = context["request"]
    return SecondFactorStatus(is_owed=needs_second_factor(request.user) and not is_verified(request))


@register.filter
def browser(user_agent: str) -> str:
    """Name a browser as people know it: «Firefox, Windows»."""
    names = (first_named(user_agent, BROWSERS), first_named(user_agent, SYSTEMS))
    return ", ".join(name for name in names if name) or _("Programa desconocido")


def first_named(user_agent: str, words: dict[str, str]) -> str:
    """Return the name behind the first of ``words`` that stands in ``user_agent``."""
    return next((name for word, name in words.items() if word in user_agent), "")
