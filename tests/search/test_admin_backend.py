"""The search of the admin's listings and choosers finds objects at once after saving, by any spelling."""

import pytest
from django.core.management import call_command
from django.core.paginator import Paginator
from django.db import connection, transaction
from django.urls import reverse
from modelsearch.backends import get_search_backend
from modelsearch.query import MATCH_ALL, And, Not, Phrase, PlainText
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from abierto.accounts.models import User
from abierto.media.models import PortalDocument
from abierto.registry.models import Institution, Person, Seat
from pages.plans.commitments import CommitmentPage
from pages.standard.models import StandardPage
from pages.updates.models import ProgressUpdatePage
from search import admin_backend, admin_index
from search.admin_index import count_missing, find_all_differences
from tests import factories
from tests.abierto.media.uploads import PDF, upload
from tests.abierto.tenancy import worlds
from tests.admin_search import fill_admin_index

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

TITLE = "Acción «verde» en Ñandú (50 %)"


@pytest.fixture(autouse=True)
def committed(django_capture_on_commit_callbacks):
    """Return a function that saves, or changes otherwise, and commits."""

    def commit(change, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return change(*args, **kwargs)

    return commit


@pytest.fixture(params=[True, False], ids=["rare words", "frequent words"])
def either_way(request, monkeypatch):
    """Let the words be rare, and so frequent that the rows of the listing are compared."""
    if not request.param:
        monkeypatch.setattr(admin_backend, "MANY_MATCHES", 0)


@pytest.fixture
def page(committed):
    return committed(factories.StandardPageFactory, title=TITLE)


def found(query, model=Page) -> list[str]:
    return [str(row.pk) for row in get_search_backend().autocomplete(query, model.objects.order_by("pk"))]


@pytest.mark.parametrize(
    "text",
    ["Acción", "acción", "ACCIÓN", "accion", "verde accion", "nandu", "ñandú", "verd acc", "(50", '"acción"'],
)
def test_page_is_found_by_the_beginnings_of_words_in_any_spelling(page, text, either_way):
    assert found(text) == [str(page.pk)]
    assert [result.pk for result in get_search_backend().search(text, Page.objects.all())] == [page.pk]


@pytest.mark.parametrize(
    "text", ["acción roja", ".*", "[a-z]", "a|b", "\\w", "%", "_", "' OR 1", "\x00", "\ud800"]
)
def test_characters_of_query_languages_find_nothing(page, text, either_way):
    assert found(text) == []


def test_queries_that_wagtail_builds(page, either_way):
    assert found(Phrase("«verde» en")) == [str(page.pk)]
    assert found(Phrase("en verde")) == []
    assert found(Phrase("verd")) == found("erde") == []
    assert found(PlainText("roja accion", operator="or")) == [str(page.pk)]
    assert found(And([PlainText("accion"), Not(PlainText("roja"))])) == [str(page.pk)]
    assert str(page.pk) in found(MATCH_ALL)


def test_pages_of_results_follow_the_order_of_the_listing(committed, either_way):
    for letter in "dbace":
        committed(factories.StandardPageFactory, title=f"Agua {letter}")
    rows = Page.objects.order_by("title")

    listed = Paginator(get_search_backend().autocomplete("agua", rows, order_by_relevance=False), 2)

    titles = [[page.title for page in listed.page(number)] for number in listed.page_range]
    assert titles == [["Agua a", "Agua b"], ["Agua c", "Agua d"], ["Agua e"]]


def test_saved_page_is_found_by_its_new_title(page, committed):
    page.title = page.draft_title = "Agua limpia"
    committed(page.save)

    assert found("verde") == []
    assert found("agua") == [str(page.pk)]


def test_draft_is_found_by_its_draft_title_and_a_public_page_by_its_public_one(committed):
    draft = committed(factories.StandardPageFactory, title="Primera versión", live=False)
    draft.title = "Segunda versión"
    committed(draft.save_revision)
    assert found("segunda") == [str(draft.pk)]

    public = committed(factories.published, factories.StandardPageFactory(title="Pública"))
    public.title = "Todavía secreta"
    committed(public.save_revision)
    assert found("secreta") == []


def test_commitment_is_found_by_its_code_and_its_updates_by_its_name(committed, either_way):
    commitment = committed(
        factories.CommitmentPageFactory, title="Plataforma de empleo", code="7.3", actions=1
    )
    update = committed(factories.ProgressUpdatePageFactory, parent=commitment)

    assert found("7.3", CommitmentPage) == [str(commitment.pk)]
    assert found("plataf", ProgressUpdatePage) == [str(update.pk)]

    commitment.title = commitment.draft_title = "Bolsa de trabajo"
    committed(commitment.save)

    assert found("plataf", ProgressUpdatePage) == []
    assert found("bolsa", ProgressUpdatePage) == [str(update.pk)]


def test_rows_of_the_registry_and_accounts_are_found(committed, either_way):
    person = committed(factories.PersonFactory, name="José Ángel Núñez", live=False)
    institution = committed(factories.InstitutionFactory, name="Órgano de Transparencia", acronym="OTR")
    seat = committed(factories.SeatFactory, person=person, institution=institution)
    user = committed(User.objects.create_user, "maria", first_name="María", last_name="Peña")

    assert found("nun jose", Person) == [str(person.pk)]
    assert found("organo otr", Institution) == [str(institution.pk)]
    assert found("angel otr", Seat) == [str(seat.pk)]
    assert found("pena", User) == [str(user.pk)]

    person.name = "Beatriz Solís"
    committed(person.save)

    assert found("angel", Seat) == []
    assert found("solis", Seat) == [str(seat.pk)]


def test_document_is_found_by_its_title_and_its_tags(committed):
    world = worlds.build()
    document = PortalDocument(title="Minuta", file=upload("a.pdf", PDF), collection=world.north.collection)
    committed(document.save)
    committed(document.tags.add, "número")

    assert found("numero", PortalDocument) == [str(document.pk)]

    committed(document.tags.clear)
    assert found("numero", PortalDocument) == []


def test_rolled_back_save_leaves_the_index_as_it_was(page, committed):
    def save_and_roll_back():
        page.title = "Agua limpia"
        with transaction.atomic():
            page.save()
            transaction.set_rollback(True)

    committed(save_and_roll_back)

    assert found("verde") == [str(page.pk)]
    assert found("agua") == []


def test_deleted_page_leaves_no_row(page, committed):
    pk = page.pk
    committed(page.delete)

    assert found("verde") == []
    assert not IndexEntry.objects.filter(object_id=str(pk)).exists()


@pytest.mark.parametrize("name", ["wagtailadmin_pages:search", "wagtailadmin_choose_page_search"])
def test_listings_and_choosers_find_pages_of_the_space_only(client, name, either_way):
    world = worlds.build()
    Page.objects.filter(pk=world.southern.pk).update(live=False)
    fill_admin_index()
    client.force_login(world.north_editor)

    response = client.get(reverse(name), {"q": "COMPROMISO del"})

    assert "Compromiso del norte" in response.content.decode()
    assert "Compromiso del sur" not in response.content.decode()


def test_update_index_fills_an_empty_index_and_removes_rows_of_lost_objects(page):
    IndexEntry.objects.all().delete()
    IndexEntry.objects.create(
        content_type=page.cached_content_type, object_id="987654", title="", autocomplete="", body=""
    )
    assert count_missing() > 0

    call_command("update_index", verbosity=0)

    assert found("verde") == [str(page.pk)]
    assert count_missing() == 0
    assert list(find_all_differences()) == []


def test_unchanged_objects_are_not_written_again(page, committed, monkeypatch):
    monkeypatch.setattr(admin_index, "write_row", None)
    page.summary = "Otro resumen"

    committed(page.save)

    assert list(admin_index.find_differences(StandardPage)) == []


def test_lookup_uses_the_index_and_not_every_page(page):
    results = get_search_backend().autocomplete("verde", Page.objects.all())
    sql, params = results.get_queryset().query.sql_with_params()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {'' if connection.vendor == 'postgresql' else 'QUERY PLAN '}{sql}", params)
        plan = "\n".join(str(row) for row in cursor.fetchall())

    if connection.vendor == "postgresql":
        assert "autocom" in plan
        assert "Seq Scan" not in plan
    else:
        assert "VIRTUAL TABLE INDEX" in plan
        assert "SCAN wagtailcore_page" not in plan
