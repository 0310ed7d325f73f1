"""Sessions: attendance by seat, agreements and their state, the generated act, the list of agreements."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from abierto.registry.enums import SeatRole
from pages.secretariats.enums import AgreementState, Attended
from pages.secretariats.inlines import Agreement
from pages.secretariats.sessions import SessionPage
from tests.factories import (
    InstitutionFactory,
    PersonFactory,
    SeatFactory,
    SecretariatFactory,
    SecretariatPageFactory,
    SessionPageFactory,
    published,
)
from tests.language.translating import in_english
from tests.participation_factories import AgreementFactory, AttendanceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

INSTALLED = datetime.date(2023, 1, 10)


def parse_moment(day: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(f"{day}T17:00:00+00:00")


@pytest.fixture
def secretariat_page():
    return SecretariatPageFactory(secretariat=SecretariatFactory(valid_from=INSTALLED))


@pytest.fixture
def session(secretariat_page):
    return SessionPageFactory(parent=secretariat_page, starts_at=parse_moment("2023-12-06"))


def reload(page):
    return SessionPage.objects.get(pk=page.pk)


def list_errors(page) -> dict[str, str]:
    """Return what blocks the publication of a session, by field, without the keys of its rows."""
    found = reload(page).publication_errors()
    return {path.split(".")[0] + "." + path.split(".")[-1]: message for path, message in found.items()}


def read(client, page) -> str:
    return client.get(page.url).content.decode()


# --- Bad input -----------------------------------------------------------------------------------------


def test_a_session_before_its_secretariat_was_installed_is_refused(secretariat_page):
    early = SessionPageFactory(parent=secretariat_page, starts_at=parse_moment("2023-01-09"))

    assert "10 de enero de 2023" in list_errors(early)["starts_at.starts_at"]


def test_nothing_of_a_refused_session_becomes_public(secretariat_page):
    early = SessionPageFactory(parent=secretariat_page, starts_at=parse_moment("2023-01-09"))

    with pytest.raises(ValidationError):
        published(early)

    assert not reload(early).live


def test_the_day_of_installation_itself_may_have_a_session(secretariat_page):
    first = SessionPageFactory(parent=secretariat_page, starts_at=parse_moment("2023-01-10"))

    assert list_errors(first) == {}


def test_an_agreement_due_or_met_before_its_session_is_refused(session):
    day = datetime.date(2023, 12, 5)
    AgreementFactory(page=session, due=day)
    AgreementFactory(page=session, done_on=day)

    assert list_errors(session).keys() == {"agreements.due", "agreements.done_on"}


def test_an_agreement_is_not_met_on_a_day_to_come(session):
    AgreementFactory(page=session, done_on=timezone.localdate() + datetime.timedelta(days=1))

    assert "todavía no llega" in list_errors(session)["agreements.done_on"]


def test_a_notice_after_the_session_is_refused(session):
    SessionPage.objects.filter(pk=session.pk).update(notice_on=datetime.date(2023, 12, 7))

    assert list_errors(session).keys() == {"notice_on.notice_on"}


def test_attendance_of_an_institution_without_a_seat_that_day_is_refused(session, secretariat_page):
    SeatFactory(secretariat=secretariat_page.secretariat)
    ended = SeatFactory(secretariat=secretariat_page.secretariat, valid_until=datetime.date(2023, 11, 30))
    AttendanceFactory(page=session, institution=ended.institution)

    assert "asiento ese día" in list_errors(session)["attendance.institution"]


def test_attendance_of_a_seat_counts_once(session, secretariat_page):
    seat = SeatFactory(secretariat=secretariat_page.secretariat)
    AttendanceFactory(page=session, institution=seat.institution)
    AttendanceFactory(page=session, institution=seat.institution)

    assert "ya está en la lista" in list_errors(session)["attendance.institution"]


@pytest.mark.parametrize("name", ["attended", "quorum"])
def test_numbers_above_the_seats_are_refused(session, secretariat_page, name):
    """A holder and a deputy of an institution share a seat; the facilitator has none."""
    seat = SeatFactory(secretariat=secretariat_page.secretariat)
    SeatFactory(secretariat=seat.secretariat, institution=seat.institution, role=SeatRole.DEPUTY)
    SeatFactory(secretariat=seat.secretariat, role=SeatRole.FACILITATOR)
    SessionPage.objects.filter(pk=session.pk).update(**{name: 2})

    assert "1 asiento." in list_errors(session)[f"{name}.{name}"]


def test_a_number_that_the_list_by_seat_contradicts_is_refused(session, secretariat_page):
    seats = [SeatFactory(secretariat=secretariat_page.secretariat) for _ in range(2)]
    AttendanceFactory(page=session, institution=seats[0].institution)
    AttendanceFactory(page=session, institution=seats[1].institution, attended=Attended.ABSENT)
    SessionPage.objects.filter(pk=session.pk).update(attended=2)

    assert "da 1" in list_errors(session)["attended.attended"]


# --- State ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "done_on", "state"),
    [
        (None, None, AgreementState.OPEN),
        ("2024-01-10", None, AgreementState.OPEN),
        ("2024-01-09", None, AgreementState.LATE),
        ("2024-01-09", "2024-01-10", AgreementState.DONE),
        ("2024-01-09", "2024-01-11", AgreementState.LATE),
    ],
)
def test_the_state_of_an_agreement_follows_from_its_dates(due, done_on, state):
    day = datetime.date(2024, 1, 10)
    dates = {
        name: datetime.date.fromisoformat(value) if value else None
        for name, value in {"due": due, "done_on": done_on}.items()
    }

    assert Agreement(**dates).find_state(day) == state


# --- The public page -----------------------------------------------------------------------------------


def test_the_page_shows_the_quorum_by_seat_and_who_sat_there(client, session, secretariat_page):
    holder = SeatFactory(
        secretariat=secretariat_page.secretariat, institution=InstitutionFactory(name="Congreso"),
        person=PersonFactory(name="Ana Titular"), role=SeatRole.HOLDER,
    )  # fmt: skip
    SeatFactory(
        secretariat=secretariat_page.secretariat, institution=holder.institution,
        person=PersonFactory(name="Luz Suplente"), role=SeatRole.DEPUTY,
    )  # fmt: skip
    absent = SeatFactory(secretariat=secretariat_page.secretariat)
    AttendanceFactory(page=session, institution=holder.institution, attended=Attended.DEPUTY)
    AttendanceFactory(page=session, institution=absent.institution, attended=Attended.ABSENT)
    SessionPage.objects.filter(pk=session.pk).update(quorum=2)

    html = read(client, published(reload(session)))

    assert "Asientos que asistieron: 1 de 2." in html
    assert "No hubo quórum: hacían falta 2." in html
    assert "Luz Suplente" in html
    assert "Ana Titular" not in html


def test_a_quorum_that_no_document_gives_is_not_judged(client, session, secretariat_page):
    seat = SeatFactory(secretariat=secretariat_page.secretariat)
    AttendanceFactory(page=session, institution=seat.institution)

    assert "No conocemos cuántos hacen quórum." in read(client, published(reload(session)))


def test_open_agreements_are_carried_to_the_next_session(client, session, secretariat_page):
    AgreementFactory(page=session, text="Seguía abierto", done_on=datetime.date(2024, 3, 1))
    AgreementFactory(page=session, text="Ya cumplido", done_on=datetime.date(2024, 1, 1))
    published(reload(session))
    draft = SessionPageFactory(parent=secretariat_page, starts_at=parse_moment("2023-12-20"))
    AgreementFactory(page=draft, text="De un borrador")
    elsewhere = SessionPageFactory(starts_at=parse_moment("2023-12-06"))
    AgreementFactory(page=elsewhere, text="De otro secretariado")
    published(reload(elsewhere))

    following = published(SessionPageFactory(parent=secretariat_page, starts_at=parse_moment("2024-02-06")))
    html = read(client, following)

    assert "Acuerdos que venían de antes" in html
    assert "Seguía abierto" in html
    for text in ("Ya cumplido", "De un borrador", "De otro secretariado"):
        assert text not in html


def test_the_act_is_generated_and_names_the_signed_one(client, session):
    AgreementFactory(page=session, text="Publicar el acta")
    page = published(reload(session))

    html = client.get(f"{page.url}acta/").content.decode()

    assert f"Acta: {page.title}" in html
    assert "Publicar el acta" in html
    assert "Todavía no conocemos el acta firmada." in html


def test_a_session_to_come_has_no_act(client, secretariat_page):
    coming = timezone.now() + datetime.timedelta(days=3)
    page = published(SessionPageFactory(parent=secretariat_page, starts_at=coming))

    assert client.get(f"{page.url}acta/").status_code == 404
    assert f"{page.url}acta/" not in read(client, page)


def test_the_act_of_a_draft_is_not_public(client, session):
    published(session.get_parent().specific)

    assert client.get(f"{session.url}acta/").status_code == 404


# --- The list of agreements ----------------------------------------------------------------------------


def test_the_list_shows_the_agreements_of_public_sessions_by_state(client, session, secretariat_page):
    AgreementFactory(page=session, text="Por hacer")
    AgreementFactory(page=session, text="Pasado de fecha", due=datetime.date(2024, 1, 1))
    AgreementFactory(page=session, text="Ya se hizo", done_on=datetime.date(2024, 1, 1))
    published(reload(session))
    draft = SessionPageFactory(parent=secretariat_page)
    AgreementFactory(page=draft, text="De un borrador")

    whole = client.get("/acuerdos/").content.decode()
    late = client.get("/acuerdos/?estado=vencido").content.decode()

    assert whole.index("Pasado de fecha") < whole.index("Por hacer") < whole.index("Ya se hizo")
    assert "De un borrador" not in whole
    assert "Pasado de fecha" in late
    assert "Por hacer" not in late
    assert "Ya se hizo" not in late


def test_the_list_of_a_secretariat_has_its_agreements_only(client, session):
    AgreementFactory(page=session, text="Nuestro acuerdo")
    page = published(reload(session))
    other = SessionPageFactory()
    AgreementFactory(page=other, text="Acuerdo ajeno")
    published(reload(other))

    above = page.get_parent().specific
    html = client.get(f"/acuerdos/?secretariado={above.pk}").content.decode()

    assert f"/acuerdos/?secretariado={above.pk}" in read(client, above)
    assert "Nuestro acuerdo" in html
    assert "Acuerdo ajeno" not in html


@pytest.mark.parametrize("query", ["estado=nada", "secretariado=x", "secretariado=99999", "pagina=x"])
def test_a_query_that_is_not_understood_lists_everything(client, session, query):
    AgreementFactory(page=session, text="Nuestro acuerdo")
    published(reload(session))

    assert "Nuestro acuerdo" in client.get(f"/acuerdos/?{query}").content.decode()


def test_a_translated_session_lists_each_agreement_once(client, session):
    AgreementFactory(page=session, text="Nuestro acuerdo")
    page = published(reload(session))
    in_english(page, {"Nuestro acuerdo": "Our agreement"})

    html = client.get("/en/acuerdos/").content.decode()

    assert html.count("Our agreement") == 1
    assert "Nuestro acuerdo" not in html
