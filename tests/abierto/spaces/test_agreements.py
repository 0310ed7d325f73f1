"""A neighbour reviews by agreement: who agrees, what her reviewers see, and how it ends."""

import json

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Comment, TaskState

from abierto.approval.errors import NotAllowed, ReviewRefused
from abierto.approval.models import ReviewTask
from abierto.dashboard.queries import find_waiting_reviews
from abierto.media.models import PortalDocument
from abierto.registry.models import Municipality
from abierto.spaces.agreements import accept_agreement, confirm_agreement, end_agreement, propose_agreement
from abierto.spaces.models import MunicipalitySpace, ReviewAgreement
from tests.abierto.approval.newsroom import approve, fresh, ledger, submit
from tests.abierto.media.test_image_access import stored_image
from tests.abierto.media.uploads import PDF, upload
from tests.abierto.spaces.agreeing import AGREEMENTS, agree, build_towns, days_ahead, page_of, send
from tests.pages.admin.worlds import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def room():
    return build_towns()


def review_url(state):
    return reverse("approval:review", args=[state.pk])


def proposed(user, room, **changed):
    form = {
        "propose": "", "town": room.town.pk, "neighbour": room.neighbour.pk,
        "ends": days_ahead(30).isoformat(), **changed,
    }  # fmt: skip
    return signed_in(user).post(AGREEMENTS, form)


def act(user, name, agreement):
    return signed_in(user).post(AGREEMENTS, {name: agreement.pk}, follow=True)


def set_last_day(agreement, day):
    ReviewAgreement.objects.filter(pk=agreement.pk).update(ends=day)
    ReviewTask.objects.filter(pk=agreement.step_id).update(until=day)


def get_groups(room):
    return [task.specific.groups.get() for task in room.town.holder.workflow.tasks]


# --- Agreeing --------------------------------------------------------------------------------------------


def test_three_people_agree_on_the_screen(room):
    assert proposed(room.town.boss, room).status_code == 302
    agreement = ReviewAgreement.objects.get()
    assert get_groups(room) == [room.town.holder.reviewers]

    assert "Falta que lo confirme" in act(room.neighbour.boss, "accept", agreement).content.decode()
    assert get_groups(room) == [room.town.holder.reviewers]
    assert "está vigente" in act(room.boss, "confirm", agreement).content.decode()

    assert get_groups(room) == [room.neighbour.holder.reviewers]
    assert MunicipalitySpace.objects.get(pk=room.town.pk).review == "neighbour"
    assert {"coroneo-e@example.org", "apaseo-j@example.org"} <= {m.to[0] for m in mail.outbox}


def test_each_step_is_refused_to_other_people(room):
    agreement = propose_agreement(room.town, room.neighbour, days_ahead(30), room.boss)

    for user in (room.boss, room.other_boss, room.town.boss):
        with pytest.raises(NotAllowed):
            accept_agreement(agreement.pk, user)
    with pytest.raises(NotAllowed):
        confirm_agreement(agreement.pk, room.other_boss)  # nobody accepted it
    accept_agreement(agreement.pk, room.neighbour.boss)
    for user in (room.boss, room.neighbour.boss, room.town.boss, room.reviewer):
        with pytest.raises(NotAllowed):
            confirm_agreement(agreement.pk, user)

    assert get_groups(room) == [room.town.holder.reviewers]


def test_agreements_of_others_do_not_exist(room):
    agreement = agree(room)

    page = signed_in(room.third.boss).get(AGREEMENTS).content.decode()

    assert "Apaseo el Alto revisa a Coroneo" not in page
    assert act(room.third.boss, "end", agreement).status_code == 404
    assert signed_in(room.neighbour.reviewer).get(AGREEMENTS).status_code == 404
    with pytest.raises(NotAllowed):
        propose_agreement(room.town, room.third, days_ahead(30), room.third.boss)


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"ends": "2020-01-31"}, "Esa fecha ya pasó"),
        ({"ends": "mañana"}, "No se entiende la fecha"),
        ({"ends": ""}, "Escribe hasta qué día"),
        ({"ends": "2090-01-31"}, "un año como mucho"),
        ({"neighbour": "999999"}, "no tiene espacio o está suspendido"),
        ({"neighbour": ""}, "Elige el municipio que revisa"),
        ({"town": "999999"}, "No administras ese municipio"),
    ],
)
def test_wrong_agreement_is_refused_by_field(room, changed, error):
    page = proposed(room.boss, room, **changed)

    assert error in page.content.decode()
    assert len(page.context["form"].errors) == 1
    assert not ReviewAgreement.objects.exists()


def test_agreement_with_itself_or_with_a_town_that_cannot_review_is_refused(room):
    itself = proposed(room.boss, room, neighbour=room.town.pk).context["form"].errors
    room.neighbour.reviewer.groups.clear()
    nobody = proposed(room.boss, room).context["form"].errors
    Municipality.objects.get(pk=room.neighbour.municipality_id).unpublish()
    suspended = proposed(room.boss, room).context["form"].errors

    assert "Es el mismo municipio" in str(itself["neighbour"])
    assert "no tiene a nadie que revise" in str(nobody["neighbour"])
    assert "está suspendido" in str(suspended["neighbour"])
    assert not ReviewAgreement.objects.exists()


def test_two_agreements_at_once_are_refused(room):
    propose_agreement(room.town, room.neighbour, days_ahead(30), room.boss)

    errors = proposed(room.town.boss, room, neighbour=room.third.pk).context["form"].errors

    assert "Ya hay un acuerdo abierto con «Apaseo el Alto»" in str(errors["town"])
    assert ReviewAgreement.objects.count() == 1


# --- Reviewing -------------------------------------------------------------------------------------------


def test_neighbour_approves_and_is_named_with_her_town(room):
    agree(room)
    state = send(room.town)
    reviewer = signed_in(room.neighbour.reviewer)
    page = reviewer.get(review_url(state))
    assert page.status_code == 200
    assert "Obras en la plaza" in page.content.decode()

    approve(state, room.neighbour.reviewer)

    news = fresh(page_of(room.town))
    assert news.live
    assert ledger(news)[-1] == "review"
    past = signed_in(room.neighbour.reviewer).get(reverse("pages:history", args=[news.pk])).content.decode()
    assert "(Municipio de Apaseo el Alto)" in past


def test_neighbour_sees_the_review_and_its_preview_until_the_decision(room):
    agree(room)
    state = send(room.town)
    page = state.revision.content_object
    reviewer = signed_in(room.neighbour.reviewer)
    preview = reverse("wagtailadmin_pages:workflow_preview", args=[page.pk, state.task_id])
    assert [reviewer.get(url).status_code for url in (review_url(state), preview)] == [200, 200]
    assert list(find_waiting_reviews(room.neighbour.reviewer)) == [state]

    approve(state, room.neighbour.reviewer)

    assert [reviewer.get(url).status_code for url in (review_url(state), preview)] == [404, 404]
    assert not find_waiting_reviews(room.neighbour.reviewer)


def test_neighbour_opens_nothing_else_of_the_town(room):
    agree(room)
    state = send(room.town)
    page, other = state.revision.content_object, page_of(room.town, "contacto")
    reviewer = signed_in(room.neighbour.reviewer)
    pages = (
        "edit",
        "history",
        "view_draft",
        "workflow_history",
        "revisions_index",
        "copy",
        "unpublish",
        "usage",
    )

    for each in (page, other):
        urls = [reverse(f"wagtailadmin_pages:{name}", args=[each.pk]) for name in pages]
        urls.append(reverse("wagtailadmin_explore", args=[each.pk]))
        assert {reviewer.get(url).status_code for url in urls} == {404}
    assert not page.permissions_for_user(room.neighbour.reviewer).can_edit()
    assert not page.permissions_for_user(room.neighbour.reviewer).can_lock()
    preview = reverse("wagtailadmin_pages:workflow_preview", args=[other.pk, state.task_id])
    assert reviewer.get(preview).status_code == 404
    lists = (
        "wagtailadmin_pages:search", "tenancy:site_history", "tenancy:workflow", "tenancy:workflow_tasks",
        "tenancy:choose_page_search", "bundles:list", "guest_links:list",
    )  # fmt: skip
    for name in lists:
        assert "Obras en la plaza" not in reviewer.get(reverse(name), {"q": "Obras"}).content.decode()


def test_neighbour_opens_the_files_of_the_draft_only_during_its_review(room):
    agree(room)
    image, other = stored_image(room.town.holder), stored_image(room.town.holder)
    document = PortalDocument(title="Acta", file=upload("a.pdf", PDF), collection=room.town.holder.collection)
    document.save()
    page = page_of(room.town)
    picture = {"image": image.pk, "alt_text": "Una foto", "decorative": False}
    link = f'<p><a linktype="document" id="{document.pk}">Acta</a></p>'
    blocks = [("image", {"image": picture, "caption": "", "credit": ""}), ("paragraph", link)]
    page.body = json.dumps([{"type": name, "value": value} for name, value in blocks])
    reviewer = signed_in(room.neighbour.reviewer)
    urls = image.get_rendition("width-10").url, document.url, other.get_rendition("width-10").url
    assert [reviewer.get(url).status_code for url in urls] == [404, 404, 404]

    state = submit(page, room.town.editor)

    assert [reviewer.get(url).status_code for url in urls] == [200, 200, 404]
    shown = reviewer.get(review_url(state)).content.decode()
    assert image.get_rendition("max-300x300").url in shown or "/media/images/" in shown
    preview = reverse("wagtailadmin_pages:workflow_preview", args=[page.pk, state.task_id])
    assert "/media/images/" in reviewer.get(preview).content.decode()
    ReviewTask.objects.get(pk=state.task_id).on_action(
        state, room.neighbour.reviewer, "reject", comment="Falta la fecha."
    )
    assert [reviewer.get(url).status_code for url in urls] == [404, 404, 404]


def test_neighbour_comments_and_mentions_only_who_wrote(room):
    agree(room)
    state = send(room.town)
    reviewer = signed_in(room.neighbour.reviewer)

    page = reviewer.get(review_url(state)).content.decode()
    reviewer.post(
        review_url(state),
        {"action": "comment", "path": "title", "text": "¿Desde cuándo? @coroneo-editora @coroneo-jefa"},
    )

    assert 'value="@coroneo-editora"' in page
    assert "coroneo-jefa" not in page
    assert Comment.objects.get().user == room.neighbour.reviewer
    assert "coroneo-j@example.org" not in {m.to[0] for m in mail.outbox if "mencion" in m.subject}


def test_users_of_other_spaces_see_no_shared_review(room):
    agree(room)
    state = send(room.town)

    for user in (room.third.reviewer, room.neighbour.editor, room.neighbour.boss, room.third.boss):
        assert signed_in(user).get(review_url(state)).status_code == 404
        with pytest.raises(ReviewRefused):
            approve(state, user)
    with pytest.raises(ReviewRefused):
        approve(state, room.town.reviewer)  # her own town's reviewer does not review any more


def test_content_of_those_who_agreed_is_not_approved_by_the_neighbour(room):
    agreement = propose_agreement(room.town, room.neighbour, days_ahead(30), room.town.boss)
    accept_agreement(agreement.pk, room.neighbour.boss)
    confirm_agreement(agreement.pk, room.boss)

    with pytest.raises(ReviewRefused, match="acordó que revise tu municipio"):
        approve(send(room.town, room.town.boss), room.neighbour.reviewer)


def test_a_reviewer_of_the_neighbour_does_not_review_her_own_content(room):
    agree(room)
    room.neighbour.reviewer.groups.add(room.town.holder.editors)

    with pytest.raises(ReviewRefused, match="Escribiste o enviaste"):
        approve(send(room.town, room.neighbour.reviewer), room.neighbour.reviewer)


# --- Its end ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("side", ["town", "neighbour", "state"])
def test_either_side_ends_it_and_pending_reviews_go_to_the_state(room, side):
    agreement = agree(room)
    state = send(room.town)
    user = {"town": room.town.boss, "neighbour": room.neighbour.boss, "state": room.boss}[side]
    mail.outbox.clear()

    act(user, "end", agreement)

    moved = TaskState.objects.get(status="in_progress", workflow_state=state.workflow_state_id)
    assert (moved.revision_id, moved.task.specific.groups.get()) == (state.revision_id, room.space.reviewers)
    assert signed_in(room.neighbour.reviewer).get(review_url(state)).status_code == 404
    letters = [m.body for m in mail.outbox if m.to == ["coroneo-e@example.org"]]
    assert any("también lo que esperaba" in letter for letter in letters)
    approve(moved, room.reviewer)
    assert fresh(page_of(room.town)).live


def test_agreement_closes_on_its_day_and_the_command_hands_over(room):
    agreement = agree(room)
    state = send(room.town)
    set_last_day(agreement, days_ahead(0))
    assert signed_in(room.neighbour.reviewer).get(review_url(state)).status_code == 200

    set_last_day(agreement, days_ahead(-1))

    assert signed_in(room.neighbour.reviewer).get(review_url(state)).status_code == 404
    assert not find_waiting_reviews(room.neighbour.reviewer)
    with pytest.raises(ReviewRefused):
        approve(state, room.neighbour.reviewer)
    call_command("publish_scheduled")
    agreement.refresh_from_db()
    assert (agreement.status, agreement.ended_by) == ("ended", None)
    assert get_groups(room) == [room.space.reviewers]
    assert list(find_waiting_reviews(room.reviewer))


def test_agreement_ends_when_the_state_chooses_who_reviews(room):
    agreement = agree(room)

    signed_in(room.boss).post(reverse("spaces:review_source", args=[room.town.holder_id]), {"review": "own"})

    agreement.refresh_from_db()
    assert agreement.status == "ended"
    assert get_groups(room) == [room.town.holder.reviewers]


def test_refused_agreement_leaves_the_review_as_it_was(room):
    agreement = propose_agreement(room.town, room.neighbour, days_ahead(30), room.boss)

    end_agreement(agreement.pk, room.neighbour.boss)

    agreement.refresh_from_db()
    assert agreement.status == "refused"
    assert get_groups(room) == [room.town.holder.reviewers]
    propose_agreement(room.town, room.third, days_ahead(30), room.boss)
