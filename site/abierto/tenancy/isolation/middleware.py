"""Every address of the admin is closed to a space until a policy opens it, and every id is looked up."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse

from abierto.tenancy.access import sees_everything
from abierto.tenancy.isolation.policies import is_within_reach


class IsolationMiddleware:
    """Answer 404, as for what does not exist, where an address reaches beyond the spaces of the person.

    Visitors who have not signed in are left to the views, which lead them to the sign-in page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> None:
        """Refuse what is not within reach of the person.

        Raises:
            Http404: for an unclassified address, one of the state team, or an id out of scope.
        """
        if not is_admin_address(request) or not request.user.is_authenticated:
            return
        if not sees_everything(request.user) and not is_within_reach(request, request.user):
            raise Http404


def is_admin_address(request: HttpRequest) -> bool:
    """Check whether a request is for the admin."""
    return request.path_info.startswith(reverse("wagtailadmin_home"))
