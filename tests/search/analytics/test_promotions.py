"""Promoted results: approved by a reviewer, for their queries, while their page is public."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from abierto.approval.conflicts.versions import load_current_version
from abierto.approval.errors import NotApproved
from abierto.approval.ledger.imports import imported
from abierto.approval.models import Approval
from abierto.approval.review.decisions import build_token
from abierto.tenancy.provisioning import assign_root
from search.promotions.models import PromotedResult
from tests.abierto.approval.newsroom import expect_refusal, newsroom
from tests.abierto.tenancy.worlds import member, space
from tests.factories import StandardPageFactory, published

pytestmark = pytest.mark.slow

RESULTS = reverse("search:results")


@pytest.fixture
def page(engine):
    """Return a public page that a search for «tabiquera» does not find."""
    return published(StandardPageFactory(title="Calidad del aire"))


def promote(page, words="tabiquera\nhornos de ladrillo", **fields):
    row = PromotedResult(words=words, page=page, live=False, **fields)
    row.save()
    with imported("Destacado de una prueba"):
        row.save_revision().publish()
    return PromotedResult.objects.get(pk=row.pk)


def list_promoted(client, **parameters):
    response = client.get(RESULTS, parameters)
    assert response.status_code == 200
    names = [promoted.page.title for promoted in response.context["promoted"]]
    assert ("Destacado</span>" in response.content.decode()) == bool(names)
    return names


@pytest.mark.parametrize("query", ["tabiquera", "TABIQUERAS", "¿ladrillo, hornos?"])
def test_it_is_shown_for_its_words(client, page, query):
    promote(page)
    response = client.get(RESULTS, {"q": query})
    assert [promoted.page.pk for promoted in response.context["promoted"]] == [page.pk]
    assert response.context["total"] == 0
    assert response.context["facets"] == []


@pytest.mark.parametrize("query", ["", "tabiquera cerca de mi casa", "ladrillo", "¡!"])
def test_it_is_not_shown_for_other_words(client, page, query):
    promote(page)
    assert list_promoted(client, q=query) == []


def test_a_draft_is_not_shown_and_needs_approval(client, page):
    row = PromotedResult(words="tabiquera", page=page, live=False)
    row.save()
    assert list_promoted(client, q="tabiquera") == []
    with expect_refusal():
        row.save_revision().publish()
    row.live = True
    with expect_refusal():
        row.save()
    with pytest.raises(NotApproved):
        PromotedResult.objects.filter(pk=row.pk).update(live=True)
    assert list_promoted(client, q="tabiquera") == []


def test_a_live_row_needs_approval_to_change(page):
    row = promote(page)
    row.words = "corrupción"
    with expect_refusal():
        row.save()


@pytest.mark.parametrize(
    ("since", "until", "is_shown"), [(0, 0, True), (1, None, False), (None, -1, False), (None, None, True)]
)
def test_it_is_shown_only_between_its_dates(client, page, since, until, is_shown):
    today = timezone.localdate()
    days = [None if days is None else today + datetime.timedelta(days=days) for days in (since, until)]
    promote(page, valid_from=days[0], valid_until=days[1])
    assert list_promoted(client, q="tabiquera") == (["Calidad del aire"] if is_shown else [])


def test_it_is_shown_only_while_its_page_is_public(client, page):
    promote(page)
    assert list_promoted(client, q="tabiquera") == ["Calidad del aire"]
    Page.objects.filter(pk=page.pk).update(live=False)
    assert list_promoted(client, q="tabiquera") == []
    Page.objects.filter(pk=page.pk).update(live=True)
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert list_promoted(client, q="tabiquera") == []


def test_a_space_promotes_only_in_its_own_search(client, page, db):
    town = space("Coroneo", slug="coroneo")
    assign_root(town, page)
    promote(page, space=town)
    assert list_promoted(client, q="tabiquera") == []
    assert list_promoted(client, q="tabiquera", espacio="coroneo") == ["Calidad del aire"]


def test_it_appears_and_disappears_by_the_next_request(client, page, settings, committed):
    settings.ABIERTO_PAGE_CACHE_SECONDS = 60
    html = client.get(RESULTS, {"q": "tabiquera"}).content.decode()
    assert "Destacado" not in html
    connection.run_on_commit.clear()  # as an earlier commit would have done
    with committed():
        row = promote(page)
    assert "Destacado" in client.get(RESULTS, {"q": "tabiquera"}).content.decode()
    connection.run_on_commit.clear()  # as the commit would do
    with committed():
        row.delete()
    assert "Destacado" not in client.get(RESULTS, {"q": "tabiquera"}).content.decode()


@pytest.mark.parametrize("words", ["", "\n \n", "tabiquera\n¿?", "\n".join(map(str, range(31)))])
def test_queries_without_words_are_refused(page, words):
    with pytest.raises(ValidationError) as refusal:
        PromotedResult(words=words, page=page).full_clean()
    assert "words" in refusal.value.message_dict


def test_a_promotion_is_written_and_approved_by_two_people(client, engine):
    room = newsroom()
    page = published(StandardPageFactory(title="Calidad del aire"))
    client.force_login(room.editor)
    add = reverse(PromotedResult.snippet_viewset.get_url_name("add"))
    begun = client.get(add, {"words": "tabiquera"}).content.decode()
    assert ">\ntabiquera</textarea>" in begun
    client.post(
        add, {"words": "tabiquera", "page": page.pk, "valid_from": "", "valid_until": "", "space": ""}
    )
    row = PromotedResult.objects.get()
    assert not row.live
    edit = reverse(PromotedResult.snippet_viewset.get_url_name("edit"), args=[row.pk])
    form = {"words": "tabiquera", "page": page.pk, "valid_from": "", "valid_until": "", "space": ""}
    assert "action-publish" not in client.get(edit).content.decode()
    opened = {"opened_version": str(load_current_version(PromotedResult.objects.get()))}
    client.post(edit, form | opened | {"action-submit": "1"})
    state = PromotedResult.objects.get().current_workflow_task_state
    review = reverse("approval:review", args=[state.pk])

    client.force_login(room.reviewer)
    assert review in client.get(edit).content.decode()
    assert "tabiquera" in client.get(review).content.decode()
    answer = client.post(review, {"action": "approve", "comment": "", "token": build_token(state.revision)})
    assert answer.status_code == 302
    client.logout()
    assert list_promoted(client, q="tabiquera") == ["Calidad del aire"]
    approval = Approval.latest(row)
    assert (approval.reporter, approval.approver) == (room.editor, room.reviewer)


def test_a_superuser_cannot_publish_it_alone(client, page):
    room_owner = member("raiz")
    room_owner.is_superuser = True
    room_owner.save()
    space("Estado", "state", "estado")
    client.force_login(room_owner)
    row = PromotedResult(words="tabiquera", page=page, live=False)
    row.save()
    edit = reverse(PromotedResult.snippet_viewset.get_url_name("edit"), args=[row.pk])
    form = {"words": "tabiquera", "page": page.pk, "valid_from": "", "valid_until": "", "space": ""}
    client.post(edit, form | {"action-publish": "1", "opened_version": str(load_current_version(row))})
    assert not PromotedResult.objects.get().live


def test_an_editor_promotes_only_in_their_own_space(client, page):
    north, south = space("Norte"), space("Sur")
    client.force_login(member("norte", north.editors))
    add = reverse(PromotedResult.snippet_viewset.get_url_name("add"))
    form = {"words": "tabiquera", "page": page.pk, "valid_from": "", "valid_until": ""}
    for chosen in ("", south.pk):
        client.post(add, form | {"space": chosen})
        assert not PromotedResult.objects.exists()
    client.post(add, form | {"space": north.pk})
    assert PromotedResult.objects.get().space == north

    client.force_login(member("sur", south.editors))
    row = PromotedResult.objects.get()
    listing = client.get(reverse(PromotedResult.snippet_viewset.get_url_name("list")))
    assert not listing.context["object_list"]
    for name in ("edit", "delete", "history", "usage", "workflow_history", "unpublish"):
        address = reverse(PromotedResult.snippet_viewset.get_url_name(name), args=[row.pk])
        for ask in (client.get, client.post):
            response = ask(address, form | {"words": "mío", "space": south.pk})
            assert response.status_code == 404, name
    row.refresh_from_db()
    assert (row.words, row.space) == ("tabiquera", north)
