"""Each integrity check: no findings on a sound portal, one after its own fault."""

import json
from pathlib import Path
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from wagtail.models import Collection, GroupPagePermission, Page, WorkflowPage
from wagtail.search.models import IndexEntry

from abierto.imports.models import ImportBatch
from abierto.media.models import PortalDocument
from abierto.operations.integrity import CHECKS, run_checks
from abierto.tenancy.models import Space, SpaceRoot
from abierto.tenancy.provisioning import assign_root
from pages.figures.models import ProgressFigure
from search.engines import get_engine
from search.indexing.reconcile import rebuild
from tests import factories
from tests.abierto.approval.unguarded import without_net
from tests.abierto.media.uploads import PDF, upload
from tests.abierto.tenancy import worlds
from tests.admin_search import fill_admin_index
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.slow]


@built_once
def build_sound_portal():
    """Build a commitment with an update in a space."""
    commitment = factories.published(factories.CommitmentPageFactory(code="1.1", actions=2))
    factories.published(factories.ProgressUpdatePageFactory(parent=commitment, rows={1: 30, 2: 50}))
    space = worlds.space("Estado", "state")
    home = commitment.get_ancestors().get(depth=2)
    assign_root(space, home)
    return commitment


@pytest.fixture
def commitment():
    """A commitment, indexed."""
    commitment = build_sound_portal()
    # Wagtail's migrations also create a welcome page.
    Page.objects.filter(depth=2).exclude(title="Gobierno abierto").delete()
    rebuild(get_engine())
    fill_admin_index()
    return commitment


def messages(check: str) -> list[str]:
    return [finding.message for finding in run_checks([check])[check]]


def document(space) -> PortalDocument:
    stored = PortalDocument(title="Acta", file=upload("a.pdf", PDF), collection=space.collection)
    stored.save()
    return stored


def write_in_sql(model, pk, **values) -> None:
    """Update a row in SQL, below managers, receivers and triggers."""
    table = model._meta.db_table
    columns = ", ".join(f"{connection.ops.quote_name(name)} = %s" for name in values)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {columns} WHERE id = %s", [*values.values(), pk])


def test_sound_portal_has_no_findings(commitment):
    document(Space.objects.get())
    fill_admin_index()

    assert {name: found for name, found in run_checks().items() if found} == {}


def test_command_exits_with_0_without_findings(commitment, capsys):
    call_command("integrity", as_json=True)

    answer = json.loads(capsys.readouterr().out)
    assert answer == {"ok": True, "checks": list(CHECKS), "findings": []}


def test_command_exits_with_1_on_findings(commitment, capsys):
    write_in_sql(Page, commitment.pk, url_path="/otra/")

    with pytest.raises(SystemExit) as exit:
        call_command("integrity", "--json", "--only", "addresses")

    assert exit.value.code == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"] is False
    assert {finding["check"] for finding in answer["findings"]} == {"addresses"}
    assert all(finding["fix"] for finding in answer["findings"])


def test_command_prints_text(commitment, capsys):
    call_command("integrity")
    assert "Todo en orden" in capsys.readouterr().out

    write_in_sql(Page, commitment.pk, url_path="/otra/")
    with pytest.raises(SystemExit):
        call_command("integrity")
    assert "[addresses]" in capsys.readouterr().out


def test_broken_tree_is_found(commitment):
    write_in_sql(Page, commitment.pk, numchild=9)

    assert any("número de hijas" in message for message in messages("tree"))


def test_broken_tree_of_collections_is_found(commitment):
    write_in_sql(Collection, Collection.get_first_root_node().pk, numchild=9)

    assert any("La colección" in message for message in messages("tree"))


def test_content_changed_in_sql_is_found(commitment):
    write_in_sql(Page, commitment.pk, title="Otra promesa")

    assert any("Otra promesa" in message for message in messages("approvals"))


def test_live_page_of_an_unguarded_type_is_found(commitment):
    with without_net():
        commitment.get_ancestors().get(depth=2).add_child(instance=Page(title="Suelta", slug="suelta"))

    assert any("Suelta" in message for message in messages("guarded-types"))


def test_live_page_without_revision_is_found(commitment):
    write_in_sql(Page, commitment.pk, live_revision_id=None)

    assert len(messages("revisions")) == 1


def test_drifted_figure_is_found(commitment):
    ProgressFigure.objects.filter(level="commitment").update(computed=99)

    assert any("no es la de las páginas" in message for message in messages("figures"))


def test_row_of_deleted_action_is_found(commitment):
    row = factories.UpdateRow.objects.order_by("pk").first()
    write_in_sql(factories.UpdateRow, row.pk, action_key=uuid4().hex)

    assert any("acción que ya no existe" in message for message in messages("evidence"))


def test_evidence_without_promised_means_is_found(commitment):
    row = factories.UpdateRow.objects.order_by("pk").first()
    block = {
        "type": "evidence",
        "id": str(uuid4()),
        "value": {"title": "x", "kind": "cited", "means_key": str(uuid4())},
    }
    write_in_sql(factories.UpdateRow, row.pk, evidence=json.dumps([block]))

    assert any("nadie prometió" in message for message in messages("evidence"))


def test_page_missing_in_index_is_found(commitment):
    get_engine().delete([commitment.pk])

    assert any("faltan 1 páginas" in message for message in messages("index"))


def test_objects_missing_or_lost_in_the_admin_index_are_found(commitment):
    row = IndexEntry.objects.get(content_type=commitment.cached_content_type, object_id=str(commitment.pk))
    IndexEntry.objects.filter(pk=row.pk).update(object_id="987654")

    assert messages("admin-index") == [
        "En el índice de la administración faltan o tienen un texto anterior 1 fichas.",
        "En el índice de la administración sobran 1 fichas que ya no existen.",
    ]


def test_admin_index_with_an_older_text_is_found(commitment):
    write_in_sql(Page, commitment.pk, title="Cambiado por fuera", draft_title="Cambiado por fuera")

    assert any("texto anterior" in message for message in messages("admin-index"))


def test_missing_index_is_found(commitment, settings, tmp_path):
    settings.ABIERTO_INDEX_DIR = tmp_path / "otro"

    assert any("no responde" in message for message in messages("index"))


def test_page_without_space_is_found(commitment):
    SpaceRoot.objects.all().delete()

    assert any(commitment.title in message for message in messages("spaces"))


def test_missing_permission_and_workflow_are_found(commitment):
    GroupPagePermission.objects.filter(permission__codename="unlock_page").delete()
    WorkflowPage.objects.all().delete()

    found = messages("space-roots")

    assert any("les faltan permisos" in message for message in found)
    assert any("no pasa por la revisión" in message for message in found)


def test_group_with_publish_permission_is_found(commitment):
    GroupPagePermission.objects.create(
        group=Space.objects.get().editors,
        page=commitment,
        permission=Permission.objects.get(codename="publish_page"),
    )

    assert any("puede publicar" in message for message in messages("publishing-groups"))


def test_file_with_wrong_space_is_found(commitment):
    stored = document(Space.objects.get())
    write_in_sql(PortalDocument, stored.pk, space_id=None)

    assert any("Acta" in message for message in messages("file-spaces"))


def test_missing_empty_and_orphan_files_are_found(commitment):
    lost, empty, forgotten = (document(Space.objects.get()) for _ in range(3))
    storage = lost.file.storage
    storage.delete(lost.file.name)
    Path(storage.path(empty.file.name)).write_bytes(b"")
    name = forgotten.file.name
    PortalDocument.objects.filter(pk=forgotten.pk).delete()

    assert sorted(messages("missing-files")) == [
        "El archivo de «Acta» está vacío.",
        "El archivo de «Acta» no está en el disco.",
    ]
    sheet = ImportBatch.objects.create(
        kind="acciones",
        space=Space.objects.get(),
        created_by=factories.UserFactory(username="editora"),
        sheet=ContentFile(b"Hoja", "hoja.xlsx"),
    ).sheet

    [found] = messages("unknown-files")
    assert name in found
    assert storage.exists(sheet.name)  # what waits to be loaded is no left-over
