"""Content security policy of every response."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csp import ContentSecurityPolicyMiddleware
from django.urls import reverse
from django.utils.functional import cached_property


class PortalCSPMiddleware(ContentSecurityPolicyMiddleware):
    """Middleware with Django's policy for public pages and a wider one for Wagtail's admin.

    The admin has inline scripts and styles; public pages have none.
    """

    @cached_property
    def admin_root(self) -> str:
        return reverse("wagtailadmin_home")

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Choose the policy by address, unless the view set its own."""
        if request.path.startswith(self.admin_root) and not hasattr(response, "_csp_config"):
            response._csp_config = settings.ABIERTO_ADMIN_CSP  # type: ignore[attr-defined]
        return super().process_response(request, response)


def content_security_policy(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> PortalCSPMiddleware:
    return PortalCSPMiddleware(get_response)
