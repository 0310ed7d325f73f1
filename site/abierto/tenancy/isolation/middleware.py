"""Middleware that closes every admin address without a policy and checks every id."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase

from abierto.addresses import is_admin_address
from abierto.tenancy.access import sees_everything
from abierto.tenancy.isolation.policies import is_within_reach
from abierto.tenancy.isolation.sharing import forget_shared_version


class IsolationMiddleware:
    """Answer 404 where a request reaches beyond the spaces of the user.

    Anonymous visitors are left to the views, which redirect them to the sign-in page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with forget_shared_version(request):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> None:
        """Refuse a request outside the user's reach.

        Raises:
            Http404: for an unclassified address, a state-only address, or an id out of scope.
        """
        if not is_admin_address(request) or not request.user.is_authenticated:
            return
        if not sees_everything(request.user) and not is_within_reach(request, request.user):
            raise Http404
