"""Many open reviews, written in bulk, for tests of query counts."""

import datetime

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState, WorkflowState

from abierto.approval.models import ReviewTask, SubmissionNote
from pages.updates.models import ProgressUpdatePage
from tests.abierto.approval.newsroom import Newsroom


def drafts(room: Newsroom, number: int) -> list[Page]:
    """Create ``number`` draft updates of the room's commitment."""
    kind = ContentType.objects.get_for_model(ProgressUpdatePage)
    return Page.objects.bulk_create(
        Page(
            path=Page._get_path(room.commitment.path, room.commitment.depth + 1, step + 10),
            depth=room.commitment.depth + 1,
            title=f"Avance {step}",
            draft_title=f"Avance {step}",
            slug=f"avance-{step}",
            url_path=f"{room.commitment.url_path}avance-{step}/",
            content_type=kind,
            locale=room.commitment.locale,
            live=False,
        )
        for step in range(number)
    )


def submit_many(room: Newsroom, number: int) -> None:
    """Submit ``number`` updates of the room's commitment, each a minute after the previous."""
    pages = drafts(room, number)
    own = {
        "content_type": ContentType.objects.get_for_model(ProgressUpdatePage),
        "base_content_type": ContentType.objects.get_for_model(Page),
    }
    begun = timezone.now() - datetime.timedelta(days=20)
    revisions = Revision.objects.bulk_create(
        Revision(
            **own,
            object_id=str(page.pk),
            object_str=page.title,
            user=room.editor,
            content={},
            created_at=begun,
        )
        for page in pages
    )
    states = WorkflowState.objects.bulk_create(
        WorkflowState(**own, object_id=str(page.pk), workflow=room.space.workflow, requested_by=room.editor)
        for page in pages
    )
    task = ReviewTask.objects.get(groups=room.space.reviewers)
    reviews = TaskState.objects.bulk_create(
        TaskState(
            workflow_state=state,
            revision=revision,
            task=task,
            content_type=ContentType.objects.get_for_model(TaskState),
        )
        for state, revision in zip(states, revisions, strict=True)
    )
    for step, review in enumerate(reviews):
        review.started_at = begun + datetime.timedelta(minutes=step)
    TaskState.objects.bulk_update(reviews, ["started_at"], batch_size=500)
    SubmissionNote.objects.bulk_create(
        SubmissionNote(workflow_state=state, author=room.editor, text="Sale de la minuta.")
        for state in states
    )
