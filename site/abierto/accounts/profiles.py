"""The language and the time zone of Wagtail's user profiles.

Wagtail activates the time zone of an account's profile around the admin's views. Every form uses the portal's
instead: the account page offers none (``WAGTAIL_USER_TIME_ZONES``), and one chosen before is ignored.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_init
from wagtail.users.models import UserProfile

from .models import User


def read_chosen_languages(accounts: Iterable[User]) -> dict[int, str]:
    """Return the language of each account that chose one in «Tu cuenta», by its key, with one query.

    Wagtail's ``get_preferred_language`` returns the active language for the others.
    """
    keys = [account.pk for account in accounts]
    chosen = UserProfile.objects.filter(user__in=keys).exclude(preferred_language="")
    return dict(chosen.values_list("user_id", "preferred_language"))


def ignore_time_zone(sender: Any, instance: UserProfile, **kwargs: Any) -> None:
    """Empty the time zone of a profile as it is loaded; the next save of the profile stores that."""
    instance.current_time_zone = ""


def connect() -> None:
    post_init.connect(ignore_time_zone, UserProfile, dispatch_uid="abierto.accounts.ignore_time_zone")
