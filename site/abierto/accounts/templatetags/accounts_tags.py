"""Template tags for the account pages."""

from dataclasses import dataclass

from django import template
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext as _
from wagtail.models import PAGE_PERMISSION_TYPES

from abierto.accounts.second_factor import is_verified, needs_second_factor

register = template.Library()

#: Order matters: each user agent also contains the names of the entries below it.
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
    is_missing: bool


@register.simple_tag(takes_context=True)
def second_factor_status(context: template.Context) -> SecondFactorStatus:
    """Return whether the user still has to verify a second factor."""
    request = context["request"]
    return SecondFactorStatus(is_missing=needs_second_factor(request.user) and not is_verified(request))


@register.filter
def browser(user_agent: str) -> str:
    """Return the browser and system of a user agent: «Firefox, Windows»."""
    names = (find_label(user_agent, BROWSERS), find_label(user_agent, SYSTEMS))
    return ", ".join(name for name in names if name) or _("Programa desconocido")


def find_label(user_agent: str, words: dict[str, str]) -> str:
    """Return the label of the first key of ``words`` found in ``user_agent``."""
    return next((name for word, name in words.items() if word in user_agent), "")


@register.filter
def page_permission_label(option: BoundWidget) -> str:
    """Return what a page permission allows; the database has its name in English."""
    codename = str(option.data["value"]).removesuffix("_page")
    names = {action: name for action, _short, name in PAGE_PERMISSION_TYPES}
    return str(names.get(codename, option.choice_label))
