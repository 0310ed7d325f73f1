"""Registry admin: listings, filters, field errors and permissions."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from abierto.accounts.models import User
from abierto.approval.conflicts.versions import OPENED, load_current_version
from abierto.approval.ledger.imports import imported
from abierto.registry.admin.viewsets import (
    GlossaryViewSet,
    GoalViewSet,
    InstitutionViewSet,
    MunicipalityViewSet,
    PersonViewSet,
    SeatViewSet,
    SecretariatViewSet,
    TargetViewSet,
)
from abierto.registry.enums import GovernmentLevel, InstitutionKind, SeatRole
from abierto.registry.models import (
    GlossaryTerm,
    HarvestedRecord,
    Institution,
    Municipality,
    Person,
    SDGGoal,
    SDGTarget,
    Seat,
    Secretariat,
)
from tests.abierto.tenancy import worlds
from tests.admin_search import fill_admin_index
from tests.factories import InstitutionFactory, PersonFactory, SecretariatFactory, republished
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

EDITABLE = [
    InstitutionViewSet,
    PersonViewSet,
    SecretariatViewSet,
    SeatViewSet,
    MunicipalityViewSet,
    GlossaryViewSet,
]
READ_ONLY = [GoalViewSet, TargetViewSet]


@pytest.fixture
def world():
    return worlds.build()


@pytest.fixture
def state(client, world):
    client.force_login(world.state_editor)
    return client


@pytest.fixture
def editor(client, world):
    client.force_login(world.north_editor)
    return client


@pytest.fixture
def rows():
    """One public row of every model, related to each other."""
    made = make_rows()
    fill_admin_index()
    return made


@built_once
@imported("Registro de una prueba")
def make_rows() -> dict[str, object]:
    old = Institution.objects.create(
        name="Instituto de Acceso",
        acronym="IACIP",
        kind=InstitutionKind.AUTONOMOUS,
        valid_until=datetime.date(2025, 3, 20),
    )
    new = Institution.objects.create(
        name="Secretaría de la Honestidad", acronym="SH", kind=InstitutionKind.EXECUTIVE
    )
    person = Person.objects.create(name="Persona de Prueba", honorific="Dra.")
    town = Municipality.objects.create(code="11009", name="Comonfort", aliases="Chamacuero")
    body = Secretariat.objects.create(name="Secretariado Técnico Local")
    Seat.objects.create(secretariat=body, institution=new, person=person, role=SeatRole.HOLDER)
    GlossaryTerm.objects.create(term="Rendición de cuentas", lay_synonyms="dar la cara\ndar cuentas")
    return {"old": old, "new": new, "person": person, "town": town, "body": body}


def url(viewset: type, name: str, *args: object) -> str:
    return reverse(viewset.model.snippet_viewset.get_url_name(name), args=args)


def listing(client, viewset: type, **query: str) -> str:
    response = client.get(url(viewset, "list"), query)
    assert response.status_code == 200
    return response.content.decode()


# --- Lists ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("viewset", EDITABLE + READ_ONLY)
def test_listings_can_be_searched_and_sorted(state, rows, viewset):
    assert listing(state, viewset)
    assert listing(state, viewset, q="zzz", ordering="-pk")
    assert listing(state, viewset, ordering="no-existe")


@pytest.mark.parametrize("viewset", EDITABLE)
def test_listing_links_to_edit_form(state, rows, viewset):
    row = viewset.model.objects.first()

    assert f'href="{url(viewset, "edit", row.pk)}"' in listing(state, viewset)


def test_dates_are_formatted(state, rows):
    assert "20 de marzo de 2025" in listing(state, InstitutionViewSet, q="iacip").lower()


def test_search_finds_institution_by_acronym(state, rows):
    text = listing(state, InstitutionViewSet, q="iacip")

    assert "Instituto de Acceso" in text
    assert "Secretaría de la Honestidad" not in text


def test_form_of_a_municipality_shows_why_its_data_could_not_be_read(state, rows):
    page = url(MunicipalityViewSet, "edit", rows["town"].pk)
    assert "no se pudo leer" not in state.get(page).content.decode()
    HarvestedRecord.objects.create(
        municipality=rows["town"], failed_at=timezone.now(), failure="Código 404 <b>"
    )

    text = state.get(page).content.decode()

    assert "no se pudo leer «sus datos en JSON». Código 404 &lt;b&gt;" in text
    assert "Su página muestra" not in text
    HarvestedRecord.objects.update(read_at=timezone.now(), content={"id": "11009"}, url="")
    assert "Su página muestra lo que se leyó el" in state.get(page).content.decode()
    HarvestedRecord.objects.update(failed_at=None, failure="")
    assert "se leyeron el" in state.get(page).content.decode()


@pytest.mark.parametrize(
    ("query", "found", "left_out"),
    [
        ({"current": "true"}, "Secretaría de la Honestidad", "Instituto de Acceso"),
        ({"current": "false"}, "Instituto de Acceso", "Secretaría de la Honestidad"),
        ({"kind": "autonomous"}, "Instituto de Acceso", "Secretaría de la Honestidad"),
    ],
)
def test_institution_filters(state, rows, query, found, left_out):
    text = listing(state, InstitutionViewSet, **query)

    assert found in text
    assert left_out not in text


def test_search_finds_municipality_by_alias(state, rows):
    assert "Comonfort" in listing(state, MunicipalityViewSet, q="chamacuero")


def test_seat_listing_shows_person_institution_and_secretariat(state, rows):
    text = listing(state, SeatViewSet, q="SH")

    for words in ("Dra. Persona de Prueba", "Titular", "Secretaría de la Honestidad", "Secretariado Técnico"):
        assert words in text


def test_listing_query_count_is_constant(state, rows, django_assert_max_num_queries):
    for number in range(40):
        InstitutionFactory(name=f"Institución {number}", kind=InstitutionKind.EXECUTIVE)

    with django_assert_max_num_queries(25):
        listing(state, InstitutionViewSet)


# --- Errors on the field -------------------------------------------------------------------------------


def errors(client, viewset: type, data: dict) -> dict:
    response = client.post(url(viewset, "add"), data)
    assert response.status_code == 200, "nothing was refused"
    assert viewset.model.objects.count() == 0
    return response.context["form"].errors


def test_end_before_start_is_a_field_error(state):
    found = errors(
        state,
        InstitutionViewSet,
        {"name": "X", "kind": "executive", "valid_from": "2024-02-01", "valid_until": "2024-01-01"},
    )
    assert "anterior a la inicial" in found["valid_until"][0]


def test_municipality_key_must_have_five_digits(state):
    found = errors(state, MunicipalityViewSet, {"name": "X", "code": "1109", "column": "1", "row": "1"})
    assert "cinco dígitos" in found["code"][0]


def test_municipality_site_must_be_a_url(state):
    found = errors(
        state,
        MunicipalityViewSet,
        {"name": "X", "code": "11009", "column": "1", "row": "1", "external_site_url": "javascript:alert(1)"},
    )
    assert found["external_site_url"]


def test_municipal_secretariat_requires_municipality(state):
    found = errors(state, SecretariatViewSet, {"name": "X", "level": GovernmentLevel.MUNICIPAL})
    assert "Elige el municipio" in found["municipality"][0]


def test_holder_requires_institution(state):
    person, body = PersonFactory(), SecretariatFactory()
    found = errors(
        state,
        SeatViewSet,
        {"secretariat": body.pk, "person": person.pk, "role": SeatRole.HOLDER, "order": "1"},
    )
    assert "Elige a quién representa" in found["institution"][0]


def test_succession_cycle_is_refused(state, rows):
    republished(rows["old"], successor=rows["new"])

    response = state.post(
        url(InstitutionViewSet, "edit", rows["new"].pk),
        {
            "name": "Secretaría de la Honestidad",
            "kind": "executive",
            "successor": rows["old"].pk,
            OPENED: str(load_current_version(rows["new"])),
        },
    )

    assert "sucederse a sí misma" in response.context["form"].errors["successor"][0]


def test_duplicate_name_is_refused_and_keeps_input(state, rows):
    response = state.post(
        url(InstitutionViewSet, "add"), {"name": "Instituto de Acceso", "kind": "executive", "acronym": "NVA"}
    )

    assert response.context["form"].errors["name"]
    assert response.context["form"]["acronym"].value() == "NVA"


def test_institution_with_seats_cannot_be_deleted(state, rows):
    response = state.post(url(InstitutionViewSet, "delete", rows["new"].pk))

    assert response.status_code < 500
    assert Institution.objects.filter(pk=rows["new"].pk).exists()


def test_draft_can_be_created_and_edited(state):
    state.post(url(GlossaryViewSet, "add"), {"term": "Amparo", "definition": "", "lay_synonyms": "queja"})
    term = GlossaryTerm.objects.get()
    changed = {"term": "Amparo", "lay_synonyms": "queja\ndefensa", OPENED: str(load_current_version(term))}
    state.post(url(GlossaryViewSet, "edit", term.pk), changed)

    term.refresh_from_db()
    assert not term.live
    assert term.get_latest_revision_as_object().synonyms == ["queja", "defensa"]


# --- Permissions ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("viewset", EDITABLE)
def test_institution_editor_cannot_write_registry(editor, rows, viewset):
    row = viewset.model.objects.first()
    for address in (url(viewset, "list"), url(viewset, "add"), url(viewset, "edit", row.pk)):
        assert editor.get(address).status_code in (302, 403, 404), address
    before = viewset.model.objects.count()
    editor.post(url(viewset, "delete", row.pk))
    assert viewset.model.objects.count() == before


@pytest.mark.parametrize("viewset", READ_ONLY)
def test_reference_list_is_read_only(client, db, viewset):
    client.force_login(User.objects.create_superuser("raiz", password="una-clave-larga-1"))
    row = viewset.model.objects.first()

    assert client.get(url(viewset, "list")).status_code == 200
    assert client.get(url(viewset, "inspect", row.pk)).status_code == 200
    for address in (url(viewset, "add"), url(viewset, "edit", row.pk), url(viewset, "delete", row.pk)):
        assert client.post(address, {"title": "Otro"}).status_code in (302, 403, 404), address
    row.refresh_from_db()
    assert row.title != "Otro"


def test_chooser_offers_own_and_shared_rows(editor, world, rows):
    for space in (world.north, world.south):
        PersonFactory(name=f"Persona del {space.slug}", space=space)
    chooser = Person.snippet_viewset.chooser_viewset
    neighbour = Person.objects.get(space=world.south)

    text = editor.get(reverse(chooser.get_url_name("choose"))).json()["html"]

    assert "Persona de Prueba" in text
    assert "Persona del norte" in text
    assert "Persona del sur" not in text
    assert editor.get(reverse(chooser.get_url_name("chosen"), args=[neighbour.pk])).status_code == 404


def test_chooser_search_requires_every_word(editor, rows):
    chooser = Institution.snippet_viewset.chooser_viewset
    address = reverse(chooser.get_url_name("choose_results"))

    assert "Instituto de Acceso" in editor.get(address, {"q": "acceso iacip"}).content.decode()
    assert "Instituto de Acceso" not in editor.get(address, {"q": "acceso honestidad"}).content.decode()


# --- Reference list ------------------------------------------------------------------------------------


def test_migrations_load_the_sdg_list():
    assert SDGGoal.objects.count() == 17
    assert SDGTarget.objects.count() == 169
    assert SDGTarget.objects.get(code="16.6").goal_id == 16
    assert SDGTarget.objects.filter(code="5.b").exists()
