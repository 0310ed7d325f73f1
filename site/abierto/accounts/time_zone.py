"""One time zone for every form: the portal's.

Wagtail activates the time zone of an account's profile around the admin's views. The account page offers none
(`WAGTAIL_USER_TIME_ZONES`), and one chosen before is ignored.
"""

from typing import Any

from django.db.models.signals import post_init
from wagtail.users.models import UserProfile


def ignore_time_zone(sender: Any, instance: UserProfile, **kwargs: Any) -> None:
    """Empty the time zone of a profile as it is loaded; the next save of the profile stores that."""
    instance.current_time_zone = ""


def connect() -> None:
    """Connect the receiver."""
    post_init.connect(ignore_time_zone, UserProfile, dispatch_uid="abierto.accounts.ignore_time_zone")
