"""Query counts of publishing, which do not grow with the site."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ReferenceIndex

from abierto.accounts.models import User
from abierto.approval.ledger.imports import imported
from abierto.approval.review.decisions import build_token
from pages.plans.commitments import CommitmentPage
from tests import factories
from tests.abierto.approval.newsroom import Newsroom, approve, fresh, newsroom
from tests.factories import published
from tests.pages.admin.worlds import opened, posted, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PUBLISHING = 84  # two find the space of the responsible institution, two its translations
WHOLE_ROUND = 220
IN_THE_BROWSER = 291  # each version reads whether its plan is closed; each account, its groups of translators


@pytest.fixture
def room():
    return newsroom()


def commitment() -> CommitmentPage:
    return fresh(published(factories.CommitmentPageFactory(code="2.1", actions=8)))


def publishing(page: CommitmentPage, user: User) -> int:
    page.problem += " Más claro."
    revision = page.save_revision(user=user)
    with imported("Para medir", by=user), CaptureQueriesContext(connection) as queries:
        revision.publish(user=user)
    return len(queries)


def whole_round(page: CommitmentPage, room: Newsroom) -> int:
    """Edit, submit, approve and publish."""
    with CaptureQueriesContext(connection) as queries:
        page.problem += " Más claro."
        page.save_revision(user=room.editor)
        page.get_workflow().start(page, room.editor)
        approve(fresh(page).current_workflow_task_state, room.reviewer)
    assert fresh(page).problem == page.problem
    return len(queries)


def in_the_browser(page: CommitmentPage, room: Newsroom) -> int:
    """Press «submit» in the form and «approve» on the review page, sign-in included."""
    editor, reviewer = signed_in(room.editor), signed_in(room.reviewer)
    form = opened(editor, page) | {"problem": "Escrito en el formulario"}
    with CaptureQueriesContext(connection) as submitted:
        assert posted(editor, page, form, "action-submit").status_code == 302
    state = fresh(page).current_workflow_task_state
    decision = {"action": "approve", "token": build_token(state.revision), "comment": ""}
    with CaptureQueriesContext(connection) as approved:
        assert reviewer.post(f"/admin/aprobacion/revision/{state.pk}/", decision).status_code == 302
    assert fresh(page).problem == "Escrito en el formulario"
    return len(submitted) + len(approved)


def enlarge() -> None:
    """Create other plans, commitments and pages, with a history of their own."""
    for plan in range(3):
        axis = factories.AxisPageFactory(parent=factories.PlanPageFactory(slug=f"otro-plan-{plan}"))
        for number in range(4):
            published(factories.CommitmentPageFactory(parent=axis, code=f"9.{number}", actions=3))
    for number in range(20):
        published(factories.StandardPageFactory(title=f"Otra {number}"))


def test_publishing_a_commitment_of_eight_actions(room):
    assert publishing(commitment(), room.editor) <= PUBLISHING


def test_the_whole_round(room):
    assert whole_round(commitment(), room) <= WHOLE_ROUND


def test_the_whole_round_in_the_browser(room):
    assert in_the_browser(commitment(), room) <= IN_THE_BROWSER


def test_queries_do_not_grow_with_the_site(room):
    page = commitment()
    # The first round of all also fills the caches of content types and languages.
    whole_round(page, room)
    small = publishing(fresh(page), room.editor), whole_round(fresh(page), room)

    enlarge()

    assert (publishing(fresh(page), room.editor), whole_round(fresh(page), room)) == small


def test_an_approval_reads_authors_approvers_and_reviewers_once(room):
    page = commitment()
    page.save_revision(user=room.editor)
    page.get_workflow().start(page, room.editor)
    state = fresh(page).current_workflow_task_state
    with CaptureQueriesContext(connection) as queries:
        approve(state, room.reviewer)

    statements = [query["sql"] for query in queries]
    authors = [
        sql for sql in statements if sql.startswith('SELECT DISTINCT "wagtailcore_revision"."user_id"')
    ]
    steps = [
        sql for sql in statements if '"wagtailcore_taskstate"."finished_by_id" = "accounts_user"."id"' in sql
    ]
    groups = [sql for sql in statements if sql.startswith('SELECT "auth_group"."id", "auth_group"."name"')]
    assert (len(authors), len(steps), len(groups)) == (1, 1, 1)


def test_the_reference_index_is_written_once_and_complete(room):
    """Including references of the inline rows, which are not written row by row."""
    institution = factories.InstitutionFactory()
    page = published(factories.CommitmentPageFactory(code="2.2", actions=2, responsible=institution))

    found = ReferenceIndex.get_references_to(institution)

    assert [reference.object_id for reference in found] == [str(page.pk)]


def test_bookkeeping_does_not_update_the_reference_index(room):
    page = commitment()
    with CaptureQueriesContext(connection) as queries:
        page.save(update_fields=["latest_revision"])

    assert not [query for query in queries if "referenceindex" in query["sql"]]


def test_the_tree_position_in_a_revision_is_ignored(room):
    """The row holds the live and latest revision; an old revision does not know them."""
    page = commitment()
    old = page.live_revision
    publishing(page, room.editor)

    again = fresh(page)
    built = type(old).objects.get(pk=old.pk).as_object()

    assert (built.live_revision_id, built.latest_revision_id) == (
        again.live_revision_id,
        again.latest_revision_id,
    )
    assert built.locale == again.locale
    assert [action.locale_id for action in built.actions.all()] == [again.locale_id] * 8
