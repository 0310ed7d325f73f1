"""A portal with one object of every public kind, and functions that write in SQL."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import LogContext
from wagtail.models import Collection, Locale, Page, PageViewRestriction, Site

from abierto.approval.ledger.imports import imported
from abierto.approval.models import TraceSettings
from abierto.media.models import PortalDocument, PortalImage
from abierto.registry.sdg import load_sdg
from abierto.tenancy.models import PortalSettings
from abierto.tenancy.provisioning import assign_root
from pages.reports.inlines import ReportRow
from search.promotions.models import PromotedResult
from tests import factories
from tests.abierto.approval.newsroom import (
    Newsroom,
    approve,
    approved_revision,
    draft_update,
    fresh,
    newsroom,
    submit,
)
from tests.abierto.media.uploads import PDF, picture, upload
from tests.factories import published
from tests.shared_rows import built_once


@dataclass
class Portal:
    """The objects that a tampering may change."""

    room: Newsroom
    update: Page
    report: Page
    page: Page
    hidden: Page
    draft: Page
    scheduled: Page
    alias: Page
    redirect: Redirect
    restriction: PageViewRestriction
    seat: models.Model
    term: models.Model
    promoted: models.Model


@built_once
def portal() -> Portal:
    """Build a portal whose content was all created through the application."""
    room = newsroom()
    Page.objects.filter(depth=2).exclude(pk=room.home.pk).delete()
    load_sdg()
    update = draft_update(room)
    approve(submit(update, room.editor), room.reviewer)
    report = factories.ReportPageFactory(parent=room.commitment.get_parent().get_parent())
    action = room.commitment.actions.first()
    report.rows.add(ReportRow(level="action", key=action.translation_key, label=action.title, code="1"))
    report.save()
    page = factories.StandardPageFactory(parent=room.home, title="Quiénes somos")
    approved_revision(page, room.editor, room.reviewer)
    hidden = published(factories.StandardPageFactory(parent=room.home, title="Solo con contraseña"))
    scheduled = factories.StandardPageFactory(parent=room.home, title="Para mañana")
    scheduled.go_live_at = timezone.now() + timezone.timedelta(days=1)
    approve(submit(scheduled, room.editor), room.reviewer)
    alias = alias_of(page)
    assign_root(room.space, room.home)
    with LogContext(user=room.administrator):
        redirect = Redirect.objects.create(old_path="/antes", redirect_page=page)
        restriction = PageViewRestriction.objects.create(
            page=hidden, restriction_type=PageViewRestriction.PASSWORD, password="abre-por-favor"
        )
        choice, _created = TraceSettings.objects.get_or_create(site=Site.objects.get(is_default_site=True))
        choice.by_post = False
        choice.save()
        PortalSettings.objects.create(site=choice.site, territory="Guanajuato")
    return Portal(
        room=room,
        update=fresh(update),
        report=published(report),
        page=fresh(page),
        hidden=hidden,
        draft=factories.StandardPageFactory(parent=room.home, title="Todavía no"),
        scheduled=fresh(scheduled),
        alias=alias,
        redirect=redirect,
        restriction=restriction,
        seat=factories.SeatFactory(post="Titular"),
        term=factories.GlossaryTermFactory(term="gobierno abierto"),
        promoted=promoted_result(page, room),
    )


def alias_of(page: Page) -> Page:
    """Return an alias of ``page`` in the other language."""
    english, _created = Locale.objects.get_or_create(language_code="en")
    return fresh(fresh(page).copy_for_translation(english, copy_parents=True, alias=True))


def promoted_result(page: Page, room: Newsroom) -> PromotedResult:
    """Return a public promoted result."""
    row = PromotedResult.objects.create(words="quiénes", page=page, space=room.space, live=False)
    with imported("Resultado de una prueba"):
        row.save_revision().publish()
    return PromotedResult.objects.get(pk=row.pk)


@dataclass
class PublicFiles:
    """Files of a public page, with their paths on disk."""

    page: Page
    document: PortalDocument
    image: PortalImage


def build_public_files(room: Newsroom) -> PublicFiles:
    """Store a document and an image, and publish a page with both."""
    # Read again: creating the shared collection changed its path.
    collection = Collection.objects.get(pk=room.space.collection_id)
    document = PortalDocument(title="Acta", file=upload("Acta.pdf", PDF), collection=collection)
    document.save()
    image = PortalImage(
        title="Foto",
        description="La mesa de trabajo",
        file=upload("foto.png", picture()),
        collection=collection,
    )
    image.save()
    body = [
        {"type": "document", "value": {"document": document.pk, "title": "", "text": ""}},
        {
            "type": "image",
            "value": {
                "image": {"image": image.pk, "alt_text": "La mesa", "decorative": False},
                "caption": "",
                "credit": "",
            },
        },
    ]
    page = factories.StandardPageFactory(parent=room.home, title="Con archivos", body=json.dumps(body))
    approved_revision(page, room.editor, room.reviewer)
    image.get_rendition("width-20")
    image.get_renditions("width-10", "width-12")
    return PublicFiles(fresh(page), document, image)


# --- Writes in SQL -------------------------------------------------------------------------------------


def write(model: type[models.Model], pk: Any, **values: Any) -> None:
    """Update one row in SQL."""
    quote = connection.ops.quote_name
    columns = ", ".join(f"{quote(model._meta.get_field(name).column)} = %s" for name in values)
    key = quote(str(model._meta.pk.column))
    run(f"UPDATE {quote(model._meta.db_table)} SET {columns} WHERE {key} = %s", *values.values(), pk)


def remove(model: type[models.Model], pk: Any) -> None:
    """Delete one row in SQL."""
    quote = connection.ops.quote_name
    run(f"DELETE FROM {quote(model._meta.db_table)} WHERE {quote(str(model._meta.pk.column))} = %s", pk)


def copy(model: type[models.Model], pk: Any, **values: Any) -> None:
    """Insert a copy of one row in SQL, with other values."""
    quote, meta = connection.ops.quote_name, model._meta
    table, key = quote(meta.db_table), quote(str(meta.pk.column))
    columns = {field.column: field.name for field in meta.local_concrete_fields if not field.primary_key}
    source = ", ".join("%s" if name in values else quote(column) for column, name in columns.items())
    given = [values[name] for name in columns.values() if name in values]
    into = ", ".join(map(quote, columns))
    run(f"INSERT INTO {table} ({into}) SELECT {source} FROM {table} WHERE {key} = %s", *given, pk)


def run(statement: str, *values: Any) -> None:
    """Run one SQL statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def on_disk(file: Any) -> Path:
    """Return the path of a stored file."""
    return Path(file.storage.path(file.name))


def public_folder() -> Path:
    """Return the folder served by the web server."""
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
