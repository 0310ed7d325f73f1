"""Changes of public content outside the application, one function each."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, ReferenceIndex, Revision, Site, WorkflowPage

from abierto.accounts.models import User
from abierto.approval.models import TraceSettings
from abierto.media.models import FileReading, PortalDocument, PortalImage, PortalRendition
from abierto.tenancy.models import PortalSettings
from pages.standard.models import StandardPage
from search.promotions.models import PromotedResult
from tests.abierto.media.uploads import PDF, upload
from tests.abierto.operations.portal import (
    Portal,
    PublicFiles,
    build_public_files,
    copy,
    on_disk,
    public_folder,
    remove,
    write,
)

GUARD, TRIGGER, NOBODY = "guarda", "disparador", "—"
OTHER = "Otra promesa"


@dataclass(frozen=True)
class Tampering:
    """A change, what refuses it, and which check reports it."""

    name: str
    do: Callable[[Portal], None]
    refused_by: str
    found_by: str
    named: str


TAMPERINGS: dict[str, Tampering] = {}


def tampering(
    name: str, *, found_by: str, named: str, refused_by: str = NOBODY
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a tampering by name."""

    def file(do: Callable[..., None]) -> Callable[..., None]:
        TAMPERINGS[name] = Tampering(name, do, refused_by, found_by, named)
        return do

    return file


def with_files(do: Callable[[PublicFiles], None]) -> Callable[[Portal], None]:
    """Publish a page with files first."""

    def prepared(portal: Portal) -> None:
        do(build_public_files(portal.room))

    return prepared


# --- Redirect, site, settings, names -------------------------------------------------------------------


@tampering("redirección: otro destino", found_by="records", named="/antes")
def redirect_changed(portal: Portal) -> None:
    write(Redirect, portal.redirect.pk, redirect_link="https://malo.example/", redirect_page=None)


@tampering("redirección: agregada", found_by="records", named="/nueva")
def redirect_added(portal: Portal) -> None:
    copy(Redirect, portal.redirect.pk, old_path="/nueva")


@tampering("redirección: agregada como automática", found_by="records", named="/nueva")
def redirect_added_as_automatic(portal: Portal) -> None:
    copy(Redirect, portal.redirect.pk, old_path="/nueva", automatically_created=True)


@tampering("redirección: borrada", found_by="records", named="/antes")
def redirect_deleted(portal: Portal) -> None:
    remove(Redirect, portal.redirect.pk)


@tampering("redirección: hecha en la consola, sin nombre", found_by="records", named="/consola")
def redirect_in_the_shell(portal: Portal) -> None:
    Redirect.objects.create(old_path="/consola", redirect_link="https://malo.example/")


@tampering("sitio: otra página de inicio", found_by="records", named="localhost")
def site_root(portal: Portal) -> None:
    write(Site, Site.objects.get().pk, root_page=portal.page.pk)


@tampering("sitio: otro nombre de servidor", found_by="records", named="malo.example")
def site_host(portal: Portal) -> None:
    Site.objects.update(hostname="malo.example")


@tampering("traza pública: nombres o cargos", found_by="records", named="traza pública")
def trace_setting(portal: Portal) -> None:
    TraceSettings.objects.update(by_post=True)


@tampering("traza pública: borrada", found_by="records", named="traza pública")
def trace_setting_deleted(portal: Portal) -> None:
    remove(TraceSettings, TraceSettings.objects.get().pk)


@tampering("portal: otro estado en el encabezado", found_by="records", named="se presenta el portal")
def territory(portal: Portal) -> None:
    PortalSettings.objects.update(territory="Otro Estado")


@tampering("persona: otro cargo en la traza", found_by="names", named="revisora")
def post_of_a_person(portal: Portal) -> None:
    write(User, portal.room.reviewer.pk, post="Gobernadora")


@tampering("persona: otro nombre, en bloque", found_by="names", named="revisora")
def name_of_a_person(portal: Portal) -> None:
    User.objects.filter(pk=portal.room.reviewer.pk).update(first_name="Otra")


@tampering("persona: otro nombre, guardado en la consola", found_by="names", named="revisora")
def name_in_the_shell(portal: Portal) -> None:
    account = User.objects.get(pk=portal.room.reviewer.pk)
    account.first_name = "Otra"
    account.save()


def reference_to(document: PortalDocument) -> ReferenceIndex:
    """Return the stored reference that makes a document public."""
    return ReferenceIndex.get_references_to(document).get()


# --- Files ---------------------------------------------------------------------------------------------


@tampering("documento: otro título", found_by="file-contents", named="Otra acta")
@with_files
def document_title(shown: PublicFiles) -> None:
    write(PortalDocument, shown.document.pk, title="Otra acta")


@tampering("documento: otro nombre al descargar", found_by="file-contents", named="nombre al descargar")
@with_files
def document_name(shown: PublicFiles) -> None:
    write(PortalDocument, shown.document.pk, download_name="otra.pdf")


@tampering("documento: otros bytes en el disco", found_by="file-contents", named="el contenido del archivo")
@with_files
def document_bytes(shown: PublicFiles) -> None:
    on_disk(shown.document.file).write_bytes(PDF.replace(b"1 0 obj", b"2 0 obj"))


@tampering("documento: apunta a otro archivo", found_by="file-contents", named="archivo")
@with_files
def document_file(shown: PublicFiles) -> None:
    name = shown.document.file.storage.save("documents/otro.pdf", upload("otro.pdf", PDF + b"%"))
    write(PortalDocument, shown.document.pk, file=name)


@tampering("documento: archivo borrado", found_by="missing-files", named="Acta")
@with_files
def document_missing(shown: PublicFiles) -> None:
    on_disk(shown.document.file).unlink()


@tampering("documento: archivo de cero bytes", found_by="missing-files", named="Acta")
@with_files
def document_empty(shown: PublicFiles) -> None:
    on_disk(shown.document.file).write_bytes(b"")


@tampering("documento: ficha borrada", found_by="file-contents", named="Acta")
@with_files
def document_deleted(shown: PublicFiles) -> None:
    FileReading.objects.filter(document=shown.document).delete()
    remove(PortalDocument, shown.document.pk)


@tampering(
    "documento privado: abierto por el índice de referencias",
    found_by="file-references",
    named="Con archivos",
)
@with_files
def private_document_opened(shown: PublicFiles) -> None:
    private = PortalDocument(title="Privado", file=upload("p.pdf", PDF), collection=shown.document.collection)
    private.save()
    reference = reference_to(shown.document)
    copy(ReferenceIndex, reference.pk, to_object_id=str(private.pk), content_path_hash=str(uuid4()))


@tampering("documento público sin huella", found_by="file-contents", named="sin huella registrada")
@with_files
def document_without_record(shown: PublicFiles) -> None:
    private = PortalDocument(title="Nuevo", file=upload("n.pdf", PDF), collection=shown.document.collection)
    private.save()
    reference = reference_to(shown.document)
    write(ReferenceIndex, reference.pk, to_object_id=str(private.pk))


@tampering("imagen: otro texto alternativo", found_by="file-contents", named="Foto")
@with_files
def image_description(shown: PublicFiles) -> None:
    write(PortalImage, shown.image.pk, description="Otra cosa")


@tampering("imagen: otro crédito", found_by="file-contents", named="crédito")
@with_files
def image_credit(shown: PublicFiles) -> None:
    write(PortalImage, shown.image.pk, credit="Alguien más")


@tampering("imagen: otro recorte", found_by="file-contents", named="Foto")
@with_files
def image_crop(shown: PublicFiles) -> None:
    write(
        PortalImage,
        shown.image.pk,
        focal_point_x=3,
        focal_point_y=3,
        focal_point_width=2,
        focal_point_height=2,
    )


@tampering("imagen: otros bytes en el original", found_by="file-contents", named="el contenido del archivo")
@with_files
def image_bytes(shown: PublicFiles) -> None:
    with on_disk(shown.image.file).open("ab") as file:
        file.write(b"\0")


@tampering("imagen: otros bytes en lo que se ve", found_by="renditions", named="Foto")
@with_files
def rendition_bytes(shown: PublicFiles) -> None:
    with on_disk(shown.image.renditions.first().file).open("ab") as file:
        file.write(b"\0")


@tampering("imagen: lo que se ve, borrado del disco", found_by="renditions", named="Foto")
@with_files
def rendition_missing(shown: PublicFiles) -> None:
    on_disk(shown.image.renditions.first().file).unlink()


@tampering("imagen: lo que se ve apunta a otra", found_by="renditions", named="Foto")
@with_files
def rendition_of_another(shown: PublicFiles) -> None:
    first, second = shown.image.renditions.order_by("pk")[:2]
    write(PortalRendition, first.pk, file=second.file.name)


@tampering("carpeta pública: un archivo de más", found_by="public-files", named="malo.html")
def extra_public_file(portal: Portal) -> None:
    (public_folder() / "malo.html").write_text("<script>")


# --- Pages ---------------------------------------------------------------------------------------------


@tampering("página: título, con la clase base", found_by="approvals", named=OTHER)
def page_title(portal: Portal) -> None:
    Page.objects.filter(pk=portal.page.pk).update(title=OTHER)


@tampering(
    "página: título para buscadores, en bloque con la clase base", found_by="approvals", named="Quiénes somos"
)
def page_seo_title(portal: Portal) -> None:
    plain = Page.objects.get(pk=portal.page.pk)
    plain.seo_title = OTHER
    Page.objects.bulk_update([plain], ["seo_title"])


@tampering(
    "página: resumen, con su propia clase", refused_by=GUARD, found_by="approvals", named="Quiénes somos"
)
def page_summary(portal: Portal) -> None:
    StandardPage.objects.filter(pk=portal.page.pk).update(summary=OTHER)


@tampering("página: cuerpo, en SQL", found_by="approvals", named="Quiénes somos")
def page_body(portal: Portal) -> None:
    body = json.dumps([{"type": "paragraph", "value": f"<p>{OTHER}</p>", "id": str(uuid4())}])
    write(StandardPage, portal.page.pk, body=body)


@tampering("página: con un modelo de migración, en bloque", found_by="approvals", named=OTHER)
def pages_in_a_migration(portal: Portal) -> None:
    historical_page().objects.filter(pk=portal.page.pk).update(title=OTHER)


@tampering("página: con un modelo de migración", refused_by=GUARD, found_by="approvals", named=OTHER)
def page_in_a_migration(portal: Portal) -> None:
    page = historical_page().objects.get(pk=portal.page.pk)
    page.title = OTHER
    page.save()


def historical_page() -> type[models.Model]:
    """Return the page model of a data migration, without our managers and methods."""

    executor = MigrationExecutor(connection)
    return executor.loader.project_state(executor.loader.graph.leaf_nodes()).apps.get_model(
        "pages", "StandardPage"
    )


@tampering("página: dirección (slug)", found_by="approvals", named="Quiénes somos")
def page_slug(portal: Portal) -> None:
    path = portal.page.url_path.removesuffix(f"{portal.page.slug}/")
    write(Page, portal.page.pk, slug="otra", url_path=f"{path}otra/")


@tampering("página: dirección (url_path)", found_by="addresses", named="/otra/")
def page_url_path(portal: Portal) -> None:
    write(Page, portal.page.pk, url_path="/otra/")


@tampering("página: en el menú", found_by="approvals", named="Quiénes somos")
def page_in_menus(portal: Portal) -> None:
    Page.objects.filter(pk=portal.page.pk).update(show_in_menus=True)


@tampering("página: colgada de otra", found_by="placement", named="de qué página cuelga")
def page_moved(portal: Portal) -> None:
    parent = portal.hidden
    path = f"{parent.path}0001"
    url_path = f"{parent.url_path}{portal.page.slug}/"
    write(Page, portal.page.pk, path=path, depth=parent.depth + 1, url_path=url_path)
    write(Page, parent.pk, numchild=1)
    write(Page, portal.room.home.pk, numchild=portal.room.home.numchild - 1)


@tampering("página: fecha de publicación", found_by="placement", named="cuándo se publicó")
def page_date(portal: Portal) -> None:
    write(Page, portal.page.pk, last_published_at=timezone.now() - timezone.timedelta(days=300))


@tampering("página: primera fecha de publicación", found_by="placement", named="por primera vez")
def page_first_date(portal: Portal) -> None:
    write(Page, portal.page.pk, first_published_at=timezone.now() - timezone.timedelta(days=300))


@tampering("página: traducción de otra", found_by="placement", named="de qué página es traducción")
def page_translation_key(portal: Portal) -> None:
    write(Page, portal.page.pk, translation_key=uuid4().hex)


@tampering("alias: repite otra página", found_by="placement", named="qué página repite")
def alias_pointer(portal: Portal) -> None:
    Page.objects.filter(pk=portal.alias.pk).update(alias_of=portal.hidden.pk)


@tampering("alias: otro texto", found_by="approvals", named=OTHER)
def alias_text(portal: Portal) -> None:
    Page.objects.filter(pk=portal.alias.pk).update(title=OTHER)


@tampering("borrador: publicado", refused_by=TRIGGER, found_by="approvals", named="Todavía no")
def draft_set_live(portal: Portal) -> None:
    Page.objects.filter(pk=portal.draft.pk).update(live=True)


@tampering("aprobado para mañana: publicado hoy", found_by="placement", named="Para mañana")
def scheduled_set_live(portal: Portal) -> None:
    revision = Revision.objects.filter(object_id=str(portal.scheduled.pk)).latest("pk")
    write(Page, portal.scheduled.pk, live=True, live_revision=revision.pk)


@tampering("página pública: apagada", found_by="withdrawals", named="Quiénes somos")
def page_unpublished(portal: Portal) -> None:
    Page.objects.filter(pk=portal.page.pk).update(live=False)


@tampering("página pública: borrada", found_by="withdrawals", named="Quiénes somos")
def page_deleted(portal: Portal) -> None:
    remove(WorkflowPage, -1)
    remove(StandardPage, portal.page.pk)
    write(Redirect, portal.redirect.pk, redirect_page=portal.hidden.pk)
    write(PromotedResult, portal.promoted.pk, page=portal.hidden.pk)
    write(Page, portal.alias.pk, alias_of=None)
    remove(Page, portal.page.pk)
