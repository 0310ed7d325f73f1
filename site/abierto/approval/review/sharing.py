"""The reviews that another space shares by agreement: only while they wait, and only until the last day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Revision, Task, TaskState, get_default_page_content_type

from abierto.accounts.models import User
from abierto.approval.models import ReviewTask
from abierto.approval.references.extraction import iter_data_references, iter_references
from abierto.media.models.base import OwnedFile
from abierto.tenancy.access import RequestUser, scope, sees_everything
from abierto.tenancy.isolation.policies import AddressPolicy, Reach, RowSet
from abierto.tenancy.isolation.sharing import SharedVersion, share_version


def find_shared_reviews(user: RequestUser) -> QuerySet[TaskState]:
    """Return the reviews of other spaces that wait for the group of ``user`` today."""
    if not user.is_authenticated or not user.is_active:
        return TaskState.objects.none()
    steps = ReviewTask.objects.filter(
        active=True, lender__isnull=False, until__gte=timezone.localdate(), groups__user=user
    )
    found: QuerySet[TaskState] = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, task__in=steps.values("pk")
    )
    return found


def filter_reviews(states: Any, user: RequestUser) -> QuerySet[Any]:
    """Limit to the reviews of the user's spaces and the shared ones."""
    shared = find_shared_reviews(user).values("pk")
    return states.filter(Q(pk__in=scope(TaskState.objects.all(), user).values("pk")) | Q(pk__in=shared))


def filter_shared_steps(tasks: Any, user: RequestUser) -> QuerySet[Any]:
    """Limit to the steps of the user's spaces and those at which a shared review waits."""
    shared = find_shared_reviews(user).values("task")
    return tasks.filter(Q(pk__in=scope(Task.objects.all(), user).values("pk")) | Q(pk__in=shared))


def filter_previewed_pages(pages: Any, user: RequestUser) -> QuerySet[Any]:
    """Limit to the pages of the user's spaces and those of the shared reviews."""
    of_pages = find_shared_reviews(user).filter(revision__base_content_type=get_default_page_content_type())
    shared = [int(key) for key in of_pages.values_list("revision__object_id", flat=True)]
    return pages.filter(Q(pk__in=scope(Page.objects.all(), user).values("pk")) | Q(pk__in=shared))


def open_review(request: HttpRequest, kwargs: dict[str, Any], user: RequestUser) -> bool:
    """Open the version of a shared review for this request; the ids are checked by then."""
    open_version(user, Q(pk=kwargs["task_state_id"]))
    return True


def open_preview(request: HttpRequest, kwargs: dict[str, Any], user: RequestUser) -> bool:
    """Open the version that a preview shows; a step of another page opens nothing."""
    of_page = {
        "revision__base_content_type": get_default_page_content_type(),
        "revision__object_id": str(kwargs["page_id"]),
    }
    open_version(user, Q(task=kwargs["task_id"], **of_page))
    return True


REVIEW_POLICY = AddressPolicy(
    Reach.IDS_CHECKED, {"task_state_id": RowSet(lambda: TaskState, filter_reviews)}, check=open_review
)
PREVIEW_POLICY = AddressPolicy(
    Reach.IDS_CHECKED,
    {
        "page_id": RowSet(lambda: Page, filter_previewed_pages),
        "task_id": RowSet(lambda: Task, filter_shared_steps),
    },
    check=open_preview,
)


def open_version(user: RequestUser, wanted: Q) -> None:
    """Share the version of a waiting review with ``user``, if another space agreed to it."""
    state = find_shared_reviews(user).filter(wanted).select_related("revision").first()
    if state is not None:
        share_version(read_version(state, user))


def read_version(state: TaskState, user: RequestUser) -> SharedVersion:
    """Return the parts of a version open to a reviewer of another space: page and files of both sides."""
    revision = state.revision
    is_page = revision.base_content_type_id == get_default_page_content_type().pk
    files = list(iter_files(revision))
    images, documents = get_image_model(), get_document_model()
    return SharedVersion(
        user_id=cast(int, user.pk),
        space_id=state.workflow_state.workflow.space.pk,
        page_id=int(revision.object_id) if is_page else None,
        image_ids=frozenset(key for model, key in files if issubclass(model, images)),
        document_ids=frozenset(key for model, key in files if issubclass(model, documents)),
    )


def iter_files(revision: Revision) -> Iterator[tuple[type[OwnedFile], int]]:
    """Yield the model and the id of each file of a version and of the public version."""
    subject = revision.content_object
    if subject is None:
        return
    public = iter_references(subject) if subject.live else iter(())
    for reference in (*iter_data_references(type(subject), revision.content), *public):
        if issubclass(reference.model, OwnedFile) and reference.pk is not None:
            yield reference.model, reference.pk


def is_file_under_shared_review(file: OwnedFile, request: HttpRequest) -> bool:
    """Check that a review shared with the visitor shows ``file``; called by ``abierto.media.access``."""
    user = request.user
    if not isinstance(user, User) or sees_everything(user):
        return False
    states = find_shared_reviews(user).select_related("revision", "workflow_state__workflow__space")
    return any(read_version(state, user).includes_file(file) for state in states)
