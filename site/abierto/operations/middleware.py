"""What every answer of the portal carries."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csp import ContentSecurityPolicyMiddleware
from django.urls import reverse
from django.utils.functional import cached_property


class TwoPolicies(ContentSecurityPolicyMiddleware):
    """Django's policy for the public, a wider one for Wagtail's admin.

    The admin writes scripts and styles into its own pages; nothing a citizen opens ever does.
    """

    @cached_property
    def admin_root(self) -> str:
        """The address under which the admin lives."""
        return reverse("wagtailadmin_home")

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Choose the policy by address, unless the view chose its own."""
        if request.path.startswith(self.admin_root) and not hasattr(response, "_csp_config"):
            response._csp_config = settings.ABIERTO_ADMIN_CSP  # type: ignore[attr-defined]
        return super().process_response(request, response)


def content_security_policy(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> TwoPolicies:
    """Return the middleware that says what a page may load."""
    return TwoPolicies(get_response)
