"""Who may have a document."""

from django.db import models
from django.http import HttpRequest
from wagtail.models import Page
from wagtail.permissions import policy_registry

from .models import PortalDocument


def may_download(document: PortalDocument, request: HttpRequest) -> bool:
    """Say whether this visitor may have ``document``.

    Everybody may when something public of its own space, or of the state, refers to it; otherwise only
    whoever works with it in the admin.
    """
    policy = policy_registry.get_by_type(PortalDocument)
    if policy.user_has_any_permission_for_instance(request.user, ["change", "delete", "choose"], document):
        return True
    return any(is_open(referrer, request) for referrer in document.referrers())


def is_open(referrer: models.Model, request: HttpRequest) -> bool:
    """Say whether this visitor can see what refers to the document."""
    if not getattr(referrer, "live", False):
        return False
    if isinstance(referrer, Page):
        return all(restriction.accept_request(request) for restriction in referrer.get_view_restrictions())
    return True
