"""Calls, consultations, forums and co-creation tables: dates, samples, and where commitments come from."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from pages.participation.enums import CallState
from pages.participation.models import ConsultationPage
from pages.participation.rules import Headcount, describe_answers_gap, describe_gap, find_call_state
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    InstitutionFactory,
    MicrositePageFactory,
    PlanPageFactory,
    published,
)
from tests.language.translating import in_english
from tests.participation_factories import (
    CallPageFactory,
    CoCreationTablePageFactory,
    ConsultationPageFactory,
    ForumPageFactory,
    ParticipationIndexPageFactory,
    TableParticipantFactory,
)
from tests.search.test_documents import describe, join_words

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

DAY = datetime.timedelta(days=1)


def read(client, page) -> str:
    return client.get(page.url).content.decode()


def build_answer(text, percent=None, online=None, paper=None):
    return ("answer", {"text": text, "percent": percent, "online": online, "paper": paper})


# --- Calls ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opens", "closes", "permanent", "state"),
    [
        (1, 5, False, CallState.UPCOMING),
        (0, 5, False, CallState.OPEN),
        (-5, 0, False, CallState.OPEN),
        (-5, -1, False, CallState.CLOSED),
        (-5, None, True, CallState.OPEN),
        (1, None, True, CallState.UPCOMING),
        (-5, None, False, CallState.UNKNOWN),
        (None, None, False, CallState.UNKNOWN),
    ],
)
def test_a_call_opens_and_closes_by_its_dates(opens, closes, permanent, state):
    today = datetime.date(2024, 6, 10)
    opens_on = None if opens is None else today + opens * DAY
    closes_on = None if closes is None else today + closes * DAY

    assert find_call_state(opens_on, closes_on, permanent, today) == state


def test_the_list_puts_the_calls_that_are_open_today_on_top(client):
    today = timezone.localdate()
    published(CallPageFactory(title="Cierra hoy", opens_on=today - DAY, closes_on=today))
    published(CallPageFactory(title="Cerró ayer", opens_on=today - 9 * DAY, closes_on=today - DAY))
    published(CallPageFactory(title="Siempre abierta", is_permanent=True))
    CallPageFactory(title="Borrador abierto", is_permanent=True)
    index = published(ParticipationIndexPageFactory())

    html = read(client, index)
    top, rest = html.split('id="lista"')

    assert top.index("Cierra hoy") < top.index("Siempre abierta")
    assert "Cerró ayer" not in top
    assert "Cerró ayer" in rest
    assert "Borrador abierto" not in html


@pytest.mark.parametrize(
    ("make", "dates"),
    [
        (CallPageFactory, {"opens_on": "2024-02-02", "closes_on": "2024-02-01"}),
        (CallPageFactory, {"is_permanent": True, "closes_on": "2024-02-01"}),
        (ConsultationPageFactory, {"starts_on": "2024-02-02", "ends_on": "2024-02-01"}),
        (ConsultationPageFactory, {"age_from": 40, "age_to": 15}),
        (ForumPageFactory, {"starts_on": "2024-02-02", "ends_on": "2024-02-01"}),
        (CoCreationTablePageFactory, {"starts_on": "2024-02-02", "ends_on": "2024-02-01"}),
    ],
)
def test_reversed_dates_and_ages_are_refused_on_their_field(make, dates):
    values = {
        name: datetime.date.fromisoformat(value) if isinstance(value, str) else value
        for name, value in dates.items()
    }
    page = make.build(parent=None, **values)

    with pytest.raises(ValidationError) as refused:
        page.clean()

    assert set(refused.value.message_dict) == {list(dates)[-1]}


# --- Consultations -------------------------------------------------------------------------------------


def test_a_sample_that_does_not_add_up_is_published_with_a_note(client):
    page = published(ConsultationPageFactory(people_total=229, people_women=93, people_men=129))

    html = read(client, page)

    assert "suman 222 y el total publicado es 229" in html
    stored = ConsultationPage.objects.get(pk=page.pk)
    assert (stored.people_total, stored.people_women, stored.people_men) == (229, 93, 129)


@pytest.mark.parametrize(
    "count",
    [Headcount(229, 100, 129), Headcount(229, 93, None), Headcount(None, 93, 129), Headcount(10, 4, 5, 1)],
)
def test_numbers_that_add_up_or_are_unknown_have_no_note(count):
    assert describe_gap(count) == ""


def test_answers_that_are_not_the_sample_are_noted():
    assert "suman 9" in describe_answers_gap([4, 5], 10)
    assert describe_answers_gap([4, None], 10) == ""


def test_answers_on_paper_are_counted_apart_and_shares_are_computed(client):
    page = published(
        ConsultationPageFactory(
            people_total=40,
            paper_total=10,
            answers=[build_answer("Sí", online=24, paper=6), build_answer("No", online=6, paper=4)],
        )
    )

    html = read(client, page)

    assert "Respondieron en papel</dt><dd>10" in html
    assert html.count("En papel") >= 3  # the column, and its label in each row
    assert 'aria-label="Sí: según el informe' not in html
    assert 'aria-label="Sí: 75\u00a0%"' in html
    assert "Porcentaje calculado aquí" in html


def test_published_shares_stay_as_they_were_published(client):
    page = published(
        ConsultationPageFactory(answers=[build_answer("Sí", percent=60), build_answer("No", percent=41)])
    )

    html = read(client, page)

    assert "Los porcentajes publicados suman 101\u00a0%." in html
    assert "Porcentaje calculado aquí" not in html


def test_an_answer_that_is_declined_needs_its_reason():
    value = {"text": "Abrir en sábado", "origin": "", "outcome": "declined", "answer": ""}
    with pytest.raises(ValidationError):
        published(CallPageFactory(contributions=[("contribution", value)]))


def test_the_return_of_results_shows_what_became_of_each_contribution(client):
    value = {
        "text": "Abrir en sábado",
        "origin": "Mesa 3",
        "outcome": "adopted",
        "answer": "Ya abre.",
    }
    page = published(ForumPageFactory(contributions=[("contribution", value)]))

    html = read(client, page)

    for text in ("Abrir en sábado", "Mesa 3", "Se incorporó.", "Ya abre."):
        assert text in html


# --- Forums and tables ---------------------------------------------------------------------------------


def test_a_forum_shows_its_attendance_by_sex_and_group_and_its_tables(client):
    forum = ForumPageFactory(
        people_total=20, people_women=12, people_men=8,
        groups=[("group", {"group": "indigenous", "people": 5})],
    )  # fmt: skip
    table = published(CoCreationTablePageFactory(parent=forum, title="Mesa de agua"))
    CoCreationTablePageFactory(parent=forum, title="Mesa en borrador")

    html = read(client, forum)

    assert "Pueblos indígenas</dt><dd>5" in html
    assert f'<a href="{table.url}">Mesa de agua</a>' in html
    assert "Mesa en borrador" not in html
    assert '"@type":"Event"' in html


@pytest.fixture
def commitment():
    axis = AxisPageFactory(parent=PlanPageFactory(slug="pal-2022-2024"))
    return published(CommitmentPageFactory(parent=axis, code="1.1", title="Más empleo"))


def test_a_commitment_shows_the_tables_it_comes_from(client, commitment):
    chosen = [("commitment", commitment)]
    table = published(CoCreationTablePageFactory(title="Mesa de empleo", commitments=chosen))
    CoCreationTablePageFactory(title="Mesa en borrador", commitments=chosen)
    published(CoCreationTablePageFactory(title="Mesa sin compromisos"))

    html = read(client, commitment)

    assert "De dónde viene" in html
    assert f'<a href="{table.url}">Mesa de empleo</a>' in html
    assert "Mesa en borrador" not in html
    assert "Mesa sin compromisos" not in html
    assert commitment.url in read(client, table)


def test_the_translation_of_a_commitment_shows_its_tables_too(client, commitment):
    published(CoCreationTablePageFactory(title="Mesa de empleo", commitments=[("commitment", commitment)]))
    translation = in_english(commitment, {"Más empleo": "More jobs"})

    assert "Mesa de empleo" in read(client, translation)


def test_a_table_does_not_show_a_commitment_that_is_not_public(client):
    draft = CommitmentPageFactory(title="Todavía secreto")
    table = published(CoCreationTablePageFactory(commitments=[("commitment", draft)]))

    assert "Todavía secreto" not in read(client, table)


def test_the_list_is_filtered_by_type(client):
    published(CallPageFactory(title="Una convocatoria vieja"))
    published(ForumPageFactory(title="Un foro"))
    index = published(ParticipationIndexPageFactory())

    html = client.get(f"{index.url}?tipo=foros").content.decode()

    assert "Un foro" in html
    assert "Una convocatoria vieja" not in html


def test_the_feed_of_a_list_has_its_public_pages(client):
    index = published(ParticipationIndexPageFactory())
    call = published(CallPageFactory(title="Una convocatoria"))
    CallPageFactory(title="Una en borrador")

    feed = client.get(f"/participacion/{index.pk}.atom").content.decode()

    assert "Convocatoria: Una convocatoria" in feed
    assert call.url in feed
    assert "Una en borrador" not in feed


def test_a_list_that_is_not_public_has_no_feed(client):
    assert client.get(f"/participacion/{ParticipationIndexPageFactory().pk}.atom").status_code == 404


# --- Search --------------------------------------------------------------------------------------------


def test_a_table_of_a_town_is_found_by_its_institutions_and_its_municipality():
    microsite = MicrositePageFactory()
    index = ParticipationIndexPageFactory(parent=microsite)
    table = CoCreationTablePageFactory(parent=index)
    TableParticipantFactory(page=table, institution=InstitutionFactory(name="Colectivo del Río"))

    document = describe(published(type(table).objects.get(pk=table.pk)))[0]

    assert document.kind == "table"
    assert document.municipality == microsite.municipality.name
    assert document.institution == ("Colectivo del Río",)
    assert document.year == "2024"


def test_a_consultation_is_found_by_its_answers():
    page = published(ConsultationPageFactory(answers=[build_answer("Transporte público", percent=9)]))

    documents = describe(page)

    assert documents[0].kind == "consultation"
    assert "transporte" in join_words(documents)
