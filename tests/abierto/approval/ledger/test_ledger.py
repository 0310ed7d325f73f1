"""The ledger is append-only; the trace reads it, and the audit compares it with public content."""

import sys
from types import ModuleType, SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection, models
from django.db.models import ProtectedError
from wagtail.models import DraftStateMixin, Page, RevisionMixin, Site

from abierto.approval.checks import check_four_eyes, check_model, project_models
from abierto.approval.ledger.audit import find_unapproved
from abierto.approval.ledger.trace import load_public_trace
from abierto.approval.models import Approval, ApprovalKind, TraceSettings
from tests import factories
from tests.abierto.approval.newsroom import approve, draft_update, fresh, newsroom, submit
from tests.abierto.approval.unguarded import without_net
from tests.factories import published

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.slow]


def test_ledger_rows_cannot_be_changed_or_deleted():
    page = published(factories.StandardPageFactory())
    row = Approval.latest(page)
    row.comment = "Otro motivo"

    for attempt in (
        row.save,
        row.delete,
        Approval.objects.all().delete,
        lambda: Approval.objects.update(comment="Otro"),
        lambda: Approval.objects.bulk_update([row], ["comment"]),
    ):
        with pytest.raises(PermissionDenied):
            attempt()

    assert Approval.latest(page).comment == "Página de una prueba"


def test_the_user_of_a_decision_cannot_be_deleted():
    room = newsroom()
    approve(submit(draft_update(room), room.editor), room.reviewer)

    with pytest.raises(ProtectedError):
        room.reviewer.delete()


def test_the_trace_has_people_and_dates(django_assert_max_num_queries):
    room = newsroom()
    room.reviewer.post = "Contraloría social"
    room.reviewer.save()
    update = draft_update(room)
    approve(submit(update, room.editor), room.reviewer, comment="Coincide.")
    live = fresh(update)
    live.unpublish()

    TraceSettings.objects.create(site=Site.objects.get(), by_post=False)

    with django_assert_max_num_queries(1):
        withdrawn, reviewed = load_public_trace(live)

    assert withdrawn.kind == ApprovalKind.WITHDRAWN
    assert reviewed.reporter == room.editor.public_name
    assert reviewed.approver.endswith(", Contraloría social")
    assert (reviewed.comment, reviewed.label) == ("Coincide.", "aprobado por otra persona")
    assert reviewed.on.date() == reviewed.on.now(tz=reviewed.on.tzinfo).date()


def test_the_audit_is_clean_after_imports_and_reviews():
    room = newsroom()
    approve(submit(draft_update(room), room.editor), room.reviewer)

    assert list(find_unapproved()) == []


def test_the_audit_finds_content_that_bypassed_the_guard():
    page = published(factories.CommitmentPageFactory(actions=1))
    other = published(factories.StandardPageFactory())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pages_commitmentaction SET title = 'A mano'")
        cursor.execute("UPDATE wagtailcore_page SET title = 'A mano' WHERE id = %s", [other.pk])

    assert {found.pk for found in find_unapproved()} == {page.pk, other.pk}


def test_the_audit_finds_content_republished_without_approval():
    page = published(factories.StandardPageFactory())
    page.unpublish()
    with without_net():
        Page.objects.filter(pk=page.pk).update(live=True)

    assert [found.pk for found in find_unapproved()] == [page.pk]


def test_every_page_type_of_the_project_is_guarded():
    assert check_four_eyes() == []


def test_a_page_type_without_the_guard_is_an_error():
    class Loose(Page):
        class Meta:
            app_label = "pages"
            abstract = True

    assert [error.id for error in check_model(Loose)] == ["approval.E001"]
    assert [error.id for error in check_model(models.Model)] == []


def app_of(*models: type) -> SimpleNamespace:
    """Return a check's app config with the given models and no entry in any list."""
    return SimpleNamespace(label="consultas", get_models=lambda: models)


def page_type(module: str) -> type[Page]:
    meta = type("Meta", (), {"app_label": "consultas", "abstract": True})
    return type("Loose", (Page,), {"__module__": module, "Meta": meta})


def snippet(module: str) -> type[models.Model]:
    meta = type("Meta", (), {"app_label": "consultas", "abstract": True})
    bases = (DraftStateMixin, RevisionMixin, models.Model)
    return type("LooseSnippet", bases, {"__module__": module, "Meta": meta})


@pytest.mark.parametrize("module", ["abierto.consultas.models", "pages.rulings.page", "beside.models"])
def test_a_new_app_is_checked_without_a_list(module, monkeypatch):
    """The package of its module decides: a package of the project, or a new package beside them."""
    package = ModuleType("beside")
    package.__path__ = [str(settings.ROOT / "beside")]
    monkeypatch.setitem(sys.modules, "beside", package)

    found = check_four_eyes([app_of(page_type(module), snippet(module))])

    assert [error.id for error in found] == ["approval.E001", "approval.E002"]


@pytest.mark.parametrize("module", ["wagtail.models.pages", "modelcluster.models", "not_installed.models"])
def test_models_of_libraries_are_not_checked(module):
    assert check_four_eyes([app_of(page_type(module), snippet(module))]) == []


def test_every_app_of_the_project_is_checked():
    looked_at = {model._meta.app_label for model in project_models(apps.get_app_configs())}

    assert looked_at >= {"accounts", "approval", "media", "pages", "registry", "bundles", "search"}
    assert not looked_at & {"wagtailcore", "wagtaildocs", "auth", "wagtail_localize"}
