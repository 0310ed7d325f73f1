"""Row sets for the ids in admin addresses and forms."""

from typing import Any

from django.db.models import Model, Q, QuerySet
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    Page,
    Revision,
    Site,
    Task,
    TaskState,
    UploadedFile,
    Workflow,
    WorkflowState,
)
from wagtail_localize.models import OverridableSegment, StringSegment, Translation, TranslationSource

from abierto.accounts.models import User
from abierto.tenancy.access import (
    RequestUser,
    above_own_pages,
    own_or_shared_rows,
    own_pages,
    own_people,
    sees_everything,
    spaces_of,
)
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from abierto.tenancy.visibility import public_condition, public_condition_of_many

from .policies import RowSet


def rows_in_scope(model: type[Model], *words: str) -> RowSet:
    """Return the row set of the rows of ``model`` in the user's scope."""
    return RowSet(lambda: model, words=frozenset(words))


def filter_explorable(pages: Any, user: RequestUser) -> QuerySet[Any]:
    """Limit to the user's own pages and their ancestors."""
    if sees_everything(user):
        return pages
    spaces = spaces_of(user)
    return pages.filter(own_pages(spaces) | above_own_pages(spaces))


def filter_linkable(pages: Any, user: RequestUser, *, reads_many: bool = False) -> QuerySet[Any]:
    """Limit to link targets: the user's own pages, drafts included, and public pages.

    ``reads_many`` is for a search, whose query checks pages of every space; the rule is the same.
    """
    if sees_everything(user):
        return pages
    public = public_condition_of_many() if reads_many else Q(public_condition())
    return pages.filter(own_pages(spaces_of(user)) | public)


def filter_browsable(pages: Any, user: RequestUser) -> QuerySet[Any]:
    """Limit to pages whose children the link chooser may list."""
    return filter_explorable(pages, user) | filter_linkable(pages, user)


def filter_choosable(rows: Any, user: RequestUser) -> QuerySet[Any]:
    """Limit to the rows of the user's spaces and the public or shared ones."""
    if sees_everything(user):
        return rows
    spaces = spaces_of(user)
    public = Q(live=True) if hasattr(rows.model, "live") else own_or_shared_rows(spaces)
    return rows.filter(Q(space__in=[space.pk for space in spaces]) | public)


def filter_owned(rows: Any, user: RequestUser) -> QuerySet[Any]:
    """Limit to the rows of the user's spaces, without shared rows."""
    if sees_everything(user):
        return rows
    return rows.filter(space__in=[space.pk for space in spaces_of(user)])


def filter_colleagues(people: Any, user: RequestUser) -> QuerySet[Any]:
    """Limit to the users of the same spaces and of the state team, who edit pages of every space."""
    if sees_everything(user):
        return people
    state = Space.objects.filter(kind=SpaceKind.STATE)
    return people.filter(pk__in=User.objects.filter(own_people([*spaces_of(user), *state])).values("pk"))


def all_rows(rows: Any, user: RequestUser) -> QuerySet[Any]:
    """Return all rows, for lists that every space shares."""
    return rows


def choosable_row_set(model: type[Model]) -> RowSet:
    """Return the row set of a foreign key to ``model``."""
    return RowSet(lambda: model, filter_choosable)


PAGES = rows_in_scope(Page)
EXPLORABLE_PAGES = RowSet(lambda: Page, filter_explorable)
LINKABLE_PAGES = RowSet(lambda: Page, filter_linkable)
BROWSABLE_PAGES = RowSet(lambda: Page, filter_browsable)
IMAGES = RowSet(get_image_model)
DOCUMENTS = RowSet(get_document_model)
COLLECTIONS = rows_in_scope(Collection)
COLLEAGUES = RowSet(lambda: User, filter_colleagues)
REDIRECTS = rows_in_scope(Redirect)
REVISIONS = rows_in_scope(Revision, "live", "earliest", "latest")
SITES = rows_in_scope(Site)
SPACES = rows_in_scope(Space)
TASKS = rows_in_scope(Task)
TASK_STATES = rows_in_scope(TaskState)
UPLOADS = rows_in_scope(UploadedFile)
WORKFLOWS = rows_in_scope(Workflow)
WORKFLOW_STATES = rows_in_scope(WorkflowState)
TRANSLATIONS = rows_in_scope(Translation)
TRANSLATION_SOURCES = rows_in_scope(TranslationSource)
STRING_SEGMENTS = rows_in_scope(StringSegment)
OVERRIDABLE_SEGMENTS = rows_in_scope(OverridableSegment)
