"""Stock Wagtail without the guards, to prove that the tests would detect a leak, and short 404s."""

from typing import Any

import pytest
from django.http import HttpResponseNotFound
from django.urls import get_resolver
from wagtail.contrib.redirects.middleware import RedirectMiddleware
from wagtail.models import Page, PagePermissionTester

from abierto.accounts.admin import views as users_views
from abierto.approval import mixins
from abierto.approval.ledger.imports import imported
from abierto.approval.mixins import FourEyesPage
from abierto.approval.review import decisions, eligibility
from abierto.approval.roles import receivers as roles_receivers
from abierto.media import forms as media_forms
from abierto.media.models.base import OwnedFile
from tests.abierto.approval.unguarded import without_net
from tests.security.isolation_walk import note_reads


def clean_as_wagtail_does(form: Any) -> Any:
    """Replace the file of an existing document."""
    return super(media_forms.FrozenFileMixin, form).clean()


@pytest.fixture
def no_guard(monkeypatch):
    """Remove the guard of authorship."""
    monkeypatch.setattr(
        FourEyesPage, "permissions_for_user", lambda page, user: PagePermissionTester(user, page)
    )
    monkeypatch.setattr(FourEyesPage, "copy", Page.copy)
    monkeypatch.setattr(mixins, "is_revision_final", lambda subject, revision: False)
    monkeypatch.setattr(eligibility, "may_approve", lambda state, user: True)
    monkeypatch.setattr(decisions, "approve", lambda *args: None)
    monkeypatch.setattr(roles_receivers, "check_grant", lambda *args: None)
    monkeypatch.setattr(roles_receivers, "check_step", lambda *args: None)
    monkeypatch.setattr(users_views, "limit_permission_fields", lambda *args: None)
    monkeypatch.setattr(media_forms, "is_frozen", lambda file: False)
    monkeypatch.setattr(
        media_forms.FrozenFileMixin, "clean", lambda form: super(media_forms.FrozenFileMixin, form).clean()
    )
    monkeypatch.setattr(OwnedFile, "ensure_not_in_public_use", lambda file: None)
    with imported("Sin guardia"), without_net():
        yield


@pytest.fixture
def short_404(monkeypatch: pytest.MonkeyPatch) -> None:
    """Render 404s as one word, and look for no redirect: both belong to the public site, not to the admin.

    Redirects took a tenth of the walk's time; ``tests/pages/visibility/test_links.py`` tests closed targets.
    """

    def handler(*args: object, **kwargs: object) -> HttpResponseNotFound:
        return HttpResponseNotFound("no")

    note_reads(monkeypatch)
    monkeypatch.setattr(get_resolver(), "resolve_error_handler", lambda code: handler)
    monkeypatch.setattr(RedirectMiddleware, "process_response", lambda self, request, response: response)
