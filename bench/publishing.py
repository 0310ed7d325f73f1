"""Measure the cost of publishing an update, from approval to index, on a small and a large site."""

import time
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Page, TaskState

from abierto.accounts.models import User
from abierto.approval.ledger.hashing import content_hash
from abierto.approval.ledger.imports import imported
from abierto.approval.models import Approval, ApprovalKind
from abierto.approval.models.approval import base_content_type
from abierto.approval.review.decisions import build_token
from abierto.tenancy.access import space_of
from pages.home.models import HomePage
from pages.standard.models import StandardPage
from pages.updates.models import ProgressUpdatePage

AT_ONCE = 1000


# --- A site of a given size ----------------------------------------------------------------------------


def grow(wanted: int) -> int:
    """Fill the site with pages of prose until it has ``wanted``; return how many it has."""
    missing = wanted - Page.objects.filter(live=True, depth__gt=1).count() - 1
    if missing > 0:
        archive = add_archive()
        for start in range(0, missing, AT_ONCE):
            add_pages(archive, start, min(start + AT_ONCE, missing))
        Page.objects.filter(pk=archive.pk).update(numchild=missing)
    return Page.objects.filter(live=True, depth__gt=1).count()


def add_archive() -> StandardPage:
    """Add the parent of the other pages."""
    home = HomePage.objects.source_language().get()
    with imported("Un sitio grande para medir"):
        return home.add_child(instance=StandardPage(title="Archivo", slug="archivo-grande"))


def add_pages(archive: Page, start: int, end: int, *, is_public: bool = True) -> None:
    """Write pages straight into their two tables: saving ten thousand one by one would take minutes."""
    now = timezone.now() if is_public else None
    same = {
        "content_type": ContentType.objects.get_for_model(StandardPage),
        "locale": Locale.get_default(),
        "depth": archive.depth + 1,
        "live": False,
        "first_published_at": now,
        "last_published_at": now,
    }
    rows = []
    for number in range(start, end):
        title, slug = f"Nota de archivo {number}", f"nota-{number}"
        rows.append(
            Page(
                title=title,
                draft_title=title,
                slug=slug,
                path=StandardPage._get_path(archive.path, archive.depth + 1, number + 1),
                url_path=f"{archive.url_path}{slug}/",
                translation_key=uuid4(),
                **same,
            )
        )
    Page.objects.bulk_create(rows)
    slugs = [row.slug for row in rows]
    keys = Page.objects.child_of(archive).filter(slug__in=slugs).values_list("pk", flat=True)
    insert_own_columns(StandardPage, keys)
    if is_public:
        make_public(list(StandardPage.objects.filter(pk__in=keys)))


def make_public(pages: list[StandardPage]) -> None:
    """Make drafts public, each with its row in the ledger, which the database triggers require."""
    Approval.objects.bulk_create(
        Approval(
            content_type=base_content_type(page),
            object_id=str(page.pk),
            sha=content_hash(page),
            kind=ApprovalKind.IMPORT,
            comment="Un sitio grande para medir",
        )
        for page in pages
    )
    Page.objects.filter(pk__in=[page.pk for page in pages]).update(live=True)


def insert_own_columns(model: type[models.Model], keys: models.QuerySet) -> None:
    """Add the rows of the child table, with each field's default."""
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    values = [field.get_db_prep_save(field.get_default(), connection) for field in fields]
    columns = [model._meta.pk.column, *(field.column for field in fields)]
    quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({quoted}) VALUES ({marks})",
            [(key, *values) for key in keys],
        )


# --- Publishing ----------------------------------------------------------------------------------------


def submitted_update(turn: int) -> tuple[TaskState, User]:
    """Change a figure as an editor and submit it; return the review that waits and who may decide it."""
    update = ProgressUpdatePage.objects.live().order_by("path").last()
    space = space_of(update)
    editor = space.editors.user_set.order_by("pk").first() or space.administrators.user_set.first()
    draft = update.get_latest_revision_as_object()
    rows = list(draft.rows.all())
    rows[0].stage, rows[0].percent = "", 10 + turn % 80
    draft.rows = rows
    draft.save_revision(user=editor, changed=True)
    update.refresh_from_db()
    update.get_workflow().start(update, editor)
    state = ProgressUpdatePage.objects.get(pk=update.pk).current_workflow_task_state
    reviewer = User.objects.filter(groups=space.reviewers).exclude(pk=editor.pk).first()
    return state, reviewer


def approve(turn: int) -> float:
    """Publish one update through the review and return the seconds of the approval, indexing included."""
    state, reviewer = submitted_update(turn)
    task, token = state.task.specific, build_token(state.revision)
    began = time.perf_counter()
    task.on_action(state, reviewer, "approve", token=token, comment="Revisado.")
    return time.perf_counter() - began


def count_queries(turn: int) -> int:
    """Return the queries of one approval."""
    state, reviewer = submitted_update(turn)
    task, token = state.task.specific, build_token(state.revision)
    with CaptureQueriesContext(connection) as captured:
        task.on_action(state, reviewer, "approve", token=token, comment="Revisado.")
    return len(captured)
