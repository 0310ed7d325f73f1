"""Changes of rows, privacy, roles and ledgers outside the application, one function each."""

import json

from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Collection, Page, PageViewRestriction, Revision, WorkflowPage

from abierto.accounts.models import User
from abierto.approval.models import Approval, LedgerLink, PublicRecord, ReviewTask
from abierto.media.models import PortalDocument
from abierto.registry.models import GlossaryTerm, SDGGoal, Seat
from abierto.tenancy.models import PortalSettings, Space, SpaceRoot
from pages.figures.models import ProgressFigure
from pages.plans.inlines import CommitmentAction
from pages.reports.inlines import ReportRow
from pages.updates.inlines import UpdateRow
from search.promotions.models import PromotedResult
from tests.abierto.operations.portal import (
    Portal,
    PublicFiles,
    copy,
    remove,
    write,
)
from tests.abierto.operations.tamperings import (
    GUARD,
    OTHER,
    TRIGGER,
    tampering,
    with_files,
)

# --- Versions ----------------------------------------------------------------------------------------


@tampering("versión pública: contenido reescrito", found_by="versions", named="Quiénes somos")
def revision_rewritten(portal: Portal) -> None:
    content = {**portal.page.live_revision.content, "title": OTHER}
    Revision.objects.filter(pk=portal.page.live_revision_id).update(content=content)


@tampering(
    "versión pública: cambiada por otra", refused_by=TRIGGER, found_by="approvals", named="Quiénes somos"
)
def another_revision(portal: Portal) -> None:
    other = portal.page.save_revision()
    write(Page, portal.page.pk, live_revision=other.pk)


# --- Rows of pages -------------------------------------------------------------------------------------


@tampering("acción de un compromiso: título, en bloque", refused_by=GUARD, found_by="approvals", named="1.1")
def action_in_bulk(portal: Portal) -> None:
    CommitmentAction.objects.filter(page=portal.room.commitment).update(title=OTHER)


@tampering("acción de un compromiso: agregada en bloque", refused_by=GUARD, found_by="approvals", named="1.1")
def action_added_in_bulk(portal: Portal) -> None:
    row = CommitmentAction(
        page=portal.room.commitment, number=9, title=OTHER, locale=portal.room.commitment.locale
    )
    CommitmentAction.objects.bulk_create([row])


@tampering("acción de un compromiso: título, en SQL", found_by="approvals", named="1.1")
def action_title(portal: Portal) -> None:
    write(CommitmentAction, portal.room.commitment.actions.first().pk, title=OTHER)


@tampering("acción de un compromiso: borrada", found_by="approvals", named="1.1")
def action_deleted(portal: Portal) -> None:
    remove(CommitmentAction, portal.room.commitment.actions.first().pk)


@tampering(
    "acciones de un compromiso: otro orden, en bloque", refused_by=GUARD, found_by="approvals", named="1.1"
)
def action_order(portal: Portal) -> None:
    CommitmentAction.objects.filter(page=portal.room.commitment, number=1).update(sort_order=99)


@tampering("avance: otra cifra reportada", found_by="approvals", named="ago.–nov. 2023")
def reported_figure(portal: Portal) -> None:
    row = UpdateRow.objects.filter(page=portal.update).first()
    UpdateRow._base_manager.filter(pk=row.pk).update(percent=99)


@tampering("informe: otra cifra congelada", found_by="approvals", named="Informe")
def frozen_figure(portal: Portal) -> None:
    write(ReportRow, ReportRow.objects.filter(page=portal.report).first().pk, computed="99.000000")


@tampering("cifra mostrada de un compromiso", found_by="figures", named="no es la de las páginas")
def shown_figure(portal: Portal) -> None:
    ProgressFigure.objects.filter(level="commitment").update(effective=99)


# --- Registry and search -------------------------------------------------------------------------------


@tampering("asiento: otro cargo", found_by="approvals", named="registry.seat")
def seat_post(portal: Portal) -> None:
    write(Seat, portal.seat.pk, post="Gobernadora")


@tampering("asiento: otra fecha, en bloque", refused_by=GUARD, found_by="approvals", named="registry.seat")
def seat_dates(portal: Portal) -> None:
    Seat.objects.filter(pk=portal.seat.pk).update(valid_until=timezone.localdate())


@tampering("asiento: apagado", found_by="withdrawals", named="registry.seat")
def seat_hidden(portal: Portal) -> None:
    write(Seat, portal.seat.pk, live=False)


@tampering("palabra del glosario: otra definición", found_by="approvals", named="gobierno abierto")
def glossary(portal: Portal) -> None:
    write(GlossaryTerm, portal.term.pk, definition=OTHER)


@tampering("palabra del glosario: borrada", found_by="withdrawals", named="gobierno abierto")
def glossary_deleted(portal: Portal) -> None:
    remove(GlossaryTerm, portal.term.pk)


@tampering("resultado destacado: otra página", found_by="approvals", named="quiénes")
def promoted_page(portal: Portal) -> None:
    write(PromotedResult, portal.promoted.pk, page=portal.hidden.pk)


@tampering("objetivo de desarrollo: otro nombre", found_by="goals", named="16")
def goal_title(portal: Portal) -> None:
    SDGGoal.objects.filter(pk=16).update(title=OTHER)


@tampering("espacio: otro nombre", found_by="records", named="Otra casa")
def space_name(portal: Portal) -> None:
    Space.objects.update(name="Otra casa")


@tampering("espacio: otra raíz", found_by="records", named="tenancy.spaceroot")
def space_root(portal: Portal) -> None:
    write(SpaceRoot, SpaceRoot.objects.first().pk, page=portal.hidden.pk)


# --- Privacy, reviews and roles ------------------------------------------------------------------------


@tampering(
    "privacidad de una página: quitada con delete",
    refused_by=GUARD,
    found_by="records",
    named="wagtailcore.pageviewrestriction",
)
def restriction_deleted(portal: Portal) -> None:
    PageViewRestriction.objects.filter(pk=portal.restriction.pk).delete()


@tampering(
    "privacidad de una página: quitada en SQL", found_by="records", named="wagtailcore.pageviewrestriction"
)
def restriction_deleted_in_sql(portal: Portal) -> None:
    PageViewRestriction.objects.filter(pk=portal.restriction.pk)._raw_delete("default")


@tampering(
    "privacidad de una página: abierta con update",
    found_by="records",
    named="wagtailcore.pageviewrestriction",
)
def restriction_opened(portal: Portal) -> None:
    PageViewRestriction.objects.update(restriction_type=PageViewRestriction.NONE)


@tampering(
    "privacidad de una página: movida a otra", found_by="records", named="wagtailcore.pageviewrestriction"
)
def restriction_moved(portal: Portal) -> None:
    PageViewRestriction.objects.update(page=portal.draft)


@tampering(
    "privacidad de una página: otra contraseña", found_by="records", named="wagtailcore.pageviewrestriction"
)
def restriction_password(portal: Portal) -> None:
    PageViewRestriction.objects.update(password="otra")


@tampering("página pública: escondida", found_by="records", named="wagtailcore.pageviewrestriction")
def page_hidden(portal: Portal) -> None:
    copy(PageViewRestriction, portal.restriction.pk, page=portal.page.pk)


@tampering("quien revisa: agregada a mano", found_by="records", named="Revisión: Estado")
def reviewer_added(portal: Portal) -> None:
    membership = User.groups.through
    row = membership.objects.filter(user=portal.room.reviewer).first()
    copy(membership, row.pk, user=portal.room.editor.pk)


@tampering("quien revisa: quitada a mano", found_by="records", named="Revisión: Estado")
def reviewer_removed(portal: Portal) -> None:
    remove(User.groups.through, User.groups.through.objects.filter(user=portal.room.reviewer).first().pk)


@tampering("superusuaria: hecha a mano", found_by="records", named="editora")
def superuser(portal: Portal) -> None:
    User.objects.filter(pk=portal.room.editor.pk).update(is_superuser=True)


@tampering("tarea de revisión: la decide otro grupo", found_by="records", named="approval.reviewtask")
def task_group(portal: Portal) -> None:
    through = ReviewTask.groups.through
    other = Group.objects.create(name="Otro grupo")
    write(through, through.objects.first().pk, group=other.pk)


@tampering("tarea de revisión: apagada", found_by="records", named="wagtailcore.task")
def task_off(portal: Portal) -> None:
    ReviewTask.objects.update(active=False)


@tampering(
    "revisión de un espacio: quitada de su página", found_by="records", named="wagtailcore.workflowpage"
)
def workflow_deleted(portal: Portal) -> None:
    remove(WorkflowPage, WorkflowPage.objects.first().pk)


# --- The ledgers ---------------------------------------------------------------------------------------


def approval_of(portal: Portal) -> Approval:
    """Return a decision in the middle of the ledger."""
    return Approval.objects.of(portal.page).earliest("pk")


@tampering(
    "libro: un renglón cambiado", refused_by=TRIGGER, found_by="ledger", named="no es el que se escribió"
)
def ledger_edited(portal: Portal) -> None:
    write(Approval, approval_of(portal).pk, comment="Otro motivo")


@tampering("libro: un renglón borrado", refused_by=TRIGGER, found_by="ledger", named="Falta el renglón")
def ledger_deleted(portal: Portal) -> None:
    remove(Approval, approval_of(portal).pk)


@tampering("libro: un renglón agregado", found_by="ledger", named="no lo escribió el programa")
def ledger_added(portal: Portal) -> None:
    copy(Approval, approval_of(portal).pk)


@tampering(
    "libro: dos renglones cambiados de lugar",
    refused_by=TRIGGER,
    found_by="ledger",
    named="no es el que se escribió",
)
def ledger_reordered(portal: Portal) -> None:
    first, second = Approval.objects.order_by("pk")[:2]
    write(Approval, first.pk, comment=second.comment, sha=second.sha, object_id=second.object_id)
    write(Approval, second.pk, comment=first.comment, sha=first.sha, object_id=first.object_id)


@tampering(
    "libro: sin el final, eslabón incluido", refused_by=TRIGGER, found_by="ledger", named="le falta el final"
)
def ledger_cut(portal: Portal) -> None:
    last = Approval.objects.latest("pk")
    remove(Approval, last.pk)
    remove(LedgerLink, LedgerLink.objects.get(ledger="decisions", number=last.pk).pk)


@tampering(
    "libro de lo público: huella cambiada",
    refused_by=TRIGGER,
    found_by="ledger",
    named="el registro de lo público",
)
def record_edited(portal: Portal) -> None:
    write(PublicRecord, PublicRecord.objects.latest("pk").pk, prints=json.dumps({"x": "y"}))


# --- Collections of files ------------------------------------------------------------------------------


@tampering("colección: movida por fuera", found_by="records", named="de qué colección cuelga")
@with_files
def collection_moved(shown: PublicFiles) -> None:
    other = Collection.get_first_root_node().add_child(instance=Collection(name="Otra"))
    Collection.objects.get(pk=shown.document.collection_id).move(other, "sorted-child")


@tampering("documento: en otra colección", found_by="file-contents", named="su colección")
@with_files
def document_in_another_collection(shown: PublicFiles) -> None:
    write(PortalDocument, shown.document.pk, collection=Collection.get_first_root_node().pk)


@tampering("portal: otro correo al pie", found_by="records", named="se presenta el portal")
def contact_email(portal: Portal) -> None:
    PortalSettings.objects.update(contact_email="otro@example.org")
