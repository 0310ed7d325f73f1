"""The rows that ids in the admin may name, one set for each thing that people point at."""

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
    Person,
    above_own_pages,
    own_or_shared_rows,
    own_pages,
    own_people,
    sees_everything,
    spaces_of,
)
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from abierto.tenancy.visibility import filter_public

from .policies import RowSet


def of(model: type[Model], *words: str) -> RowSet:
    """Return the rows of ``model`` in the scope of the person."""
    return RowSet(lambda: model, words=frozenset(words))


def explorable(pages: Any, user: Person) -> QuerySet[Any]:
    """Return one's own pages and those on the way down to them."""
    if sees_everything(user):
        return pages
    spaces = spaces_of(user)
    return pages.filter(own_pages(spaces) | above_own_pages(spaces))


def linkable(pages: Any, user: Person) -> QuerySet[Any]:
    """Return the pages to which a link may go: one's own and whatever the public can read."""
    if sees_everything(user):
        return pages
    return pages.filter(own_pages(spaces_of(user)) | Q(pk__in=filter_public(Page.objects.all()).values("pk")))


def browsable(pages: Any, user: Person) -> QuerySet[Any]:
    """Return the pages below which a link may be looked for."""
    return explorable(pages, user) | linkable(pages, user)


def choosable(rows: Any, user: Person) -> QuerySet[Any]:
    """Return the rows that one may choose: one's own, and what is public of everybody's."""
    if sees_everything(user):
        return rows
    spaces = spaces_of(user)
    public = Q(live=True) if hasattr(rows.model, "live") else own_or_shared_rows(spaces)
    return rows.filter(Q(space__in=[space.pk for space in spaces]) | public)


def owned(rows: Any, user: Person) -> QuerySet[Any]:
    """Return the rows of one's spaces, without those of the whole state."""
    if sees_everything(user):
        return rows
    return rows.filter(space__in=[space.pk for space in spaces_of(user)])


def near(people: Any, user: Person) -> QuerySet[Any]:
    """Return the people of one's spaces and of the state team, who work on everybody's pages."""
    if sees_everything(user):
        return people
    state = Space.objects.filter(kind=SpaceKind.STATE)
    return people.filter(pk__in=User.objects.filter(own_people([*spaces_of(user), *state])).values("pk"))


def everything(rows: Any, user: Person) -> QuerySet[Any]:
    """Return every row: of lists that all spaces share."""
    return rows


def choosable_rows(model: type[Model]) -> RowSet:
    """Return the rows of ``model`` that a form may point at."""
    return RowSet(lambda: model, choosable)


PAGES = of(Page)
EXPLORABLE_PAGES = RowSet(lambda: Page, explorable)
LINKABLE_PAGES = RowSet(lambda: Page, linkable)
BROWSABLE_PAGES = RowSet(lambda: Page, browsable)
IMAGES = RowSet(get_image_model)
DOCUMENTS = RowSet(get_document_model)
COLLECTIONS = of(Collection)
NEAR_PEOPLE = RowSet(lambda: User, near)
REDIRECTS = of(Redirect)
REVISIONS = of(Revision, "live", "earliest", "latest")
SITES = of(Site)
SPACES = of(Space)
TASKS = of(Task)
TASK_STATES = of(TaskState)
UPLOADS = of(UploadedFile)
WORKFLOWS = of(Workflow)
WORKFLOW_STATES = of(WorkflowState)
TRANSLATIONS = of(Translation)
TRANSLATION_SOURCES = of(TranslationSource)
STRING_SEGMENTS = of(StringSegment)
OVERRIDABLE_SEGMENTS = of(OverridableSegment)
