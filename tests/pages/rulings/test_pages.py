"""The page of a ruling, the addresses that lead to it, its list and its feeds."""

import datetime
import json
import re

import pytest
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction

from abierto.media.models import PortalImage
from pages.rulings import context
from pages.rulings.models import RulingGroup
from tests.factories import (
    GlossaryTermFactory,
    InstitutionFactory,
    UserFactory,
    published,
)
from tests.ruling_factories import (
    EasyReadPageFactory,
    InfographicPageFactory,
    PlainVersionPageFactory,
    PublicVersionPageFactory,
    RulingIndexPageFactory,
    RulingPageFactory,
)
from tests.shared_rows import built_once
from tests.withdrawing import withdraw

pytestmark = pytest.mark.django_db


def read(client, url: str) -> str:
    return " ".join(client.get(url).content.decode().split())


@pytest.fixture
@built_once
def index():
    return published(RulingIndexPageFactory(tribunal=InstitutionFactory(name="Tribunal Uno", acronym="TJA")))


@pytest.fixture
@built_once
def ruling(index):
    page = published(RulingPageFactory(parent=index, title="Una multa sin aviso", case_number="TJA-12/2023"))
    published(PlainVersionPageFactory(parent=page))
    reviewer = UserFactory(post="Unidad de transparencia")
    published(
        PublicVersionPageFactory(
            parent=page, texts=("Vistos los autos.", "Se resuelve."), names_reviewed_by=reviewer
        )
    )
    return page


def test_plain_version_comes_before_the_full_text_which_is_closed(client, ruling):
    text = read(client, ruling.url)

    assert text.index('id="que-paso"') < text.index('id="version-publica"')
    assert re.search(r"<details> <summary>Mostrar u ocultar el texto</summary>.*Vistos los autos", text)
    assert 'id="pagina-2"' in text


def test_missing_parts_are_named(client, index):
    text = read(client, published(RulingPageFactory(parent=index)).url)

    assert "Todavía no hay una versión en lenguaje claro" in text
    assert "todavía no publica aquí el texto completo" in text


def test_draft_parts_stay_closed(client, ruling):
    EasyReadPageFactory(parent=ruling, text="<p>Borrador cerrado.</p>")

    assert "Borrador cerrado" not in read(client, ruling.url)


def test_easy_read_needs_readers_until_they_are_recorded(client, ruling):
    part = published(EasyReadPageFactory(parent=ruling))
    assert "que la validen personas con dificultades para leer" in read(client, ruling.url)

    part.validated_by, part.validated_on, part.reader_count = "Grupo A", datetime.date(2025, 3, 4), 6
    published(part)
    text = " ".join(read(client, ruling.url).split())
    assert "con 6 personas, Grupo A, el 4 de marzo de 2025, como pide la norma UNE 153101" in text


def test_address_of_a_part_leads_to_its_section(client, ruling):
    part = ruling.get_children().first()

    assert client.get(part.url).headers["Location"] == f"{ruling.url}#lenguaje-claro"


def test_finality_is_on_top_with_the_ruling_that_changed_it(client, index, ruling):
    other = published(RulingPageFactory(parent=index, title="La que revoca"))
    ruling.finality, ruling.finality_ruling = "revoked", other
    ruling.finality_date, ruling.finality_reason = datetime.date(2023, 9, 1), "Faltó oír a la otra parte."
    published(ruling)

    text = read(client, ruling.url)

    assert text.index("Revocada.") < text.index("<h1>")
    assert other.url in text
    assert "Faltó oír a la otra parte." in text
    assert ruling.url in read(client, other.url)


def test_rulings_that_cite_it_are_listed(client, index, ruling):
    cited = [("ruling", ruling)]
    citing = published(RulingPageFactory(parent=index, title="La que cita", citations=cited))
    RulingPageFactory(parent=index, title="Borrador que cita", citations=cited)

    text = read(client, ruling.url)

    assert "Citada por" in text
    assert "La que cita" in text
    assert "Borrador que cita" not in text
    assert "Sentencias que cita" in read(client, citing.url)


def test_words_of_the_glossary_are_explained_on_the_page(client, ruling):
    GlossaryTermFactory(term="multa", definition="Dinero que se paga como castigo.")

    text = read(client, ruling.url)

    assert '<a class="term" href="#t-multa" data-definition="Dinero que se paga como castigo."' in text
    assert '<dt id="t-multa">' in text


def test_infographic_has_picture_text_and_download(client, ruling):
    image = PortalImage.objects.create(title="Imagen", file=get_test_image_file())
    published(InfographicPageFactory(parent=ruling, image=image))

    text = read(client, ruling.url)

    assert 'alt="La multa y su camino.' in text
    assert "<li><strong>El fallo.</strong> No vale.</li>" in text
    assert "download>para redes sociales</a>" in text
    assert "download>para imprimir</a>" in text


def test_people_who_took_care_of_the_data_appear_by_their_post(client, ruling):
    assert "Revisó los nombres: Unidad de transparencia." in read(client, ruling.url)


def test_citation_and_structured_data_name_case_and_tribunal(client, ruling):
    text = client.get(ruling.url).content.decode()
    data = [json.loads(found) for found in re.findall(r'ld\+json">(.*?)</script>', text)]

    assert "Sentencia TJA-12/2023. Tribunal Uno." in text
    assert {"identifier": "TJA-12/2023", "genre": "Sentencia"}.items() <= data[-1].items()


def test_fictional_ruling_says_so_on_each_part(client, ruling):
    ruling.is_fictional = True
    published(ruling)

    assert read(client, ruling.url).count("Ejemplo ficticio") >= 3


# --- Addresses -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("spelling", ["TJA-12-2023", "12-2023", "0012-23", "tja.12.2023"])
def test_permanent_address_takes_any_spelling(client, ruling, spelling):
    address = reverse("pages:ruling", args=[ruling.get_parent().slug, spelling])

    assert client.get(address).headers["Location"] == ruling.url


def test_permanent_address_of_a_draft_does_not_exist(client, index):
    RulingPageFactory(parent=index, case_number="99/2023")

    assert client.get(reverse("pages:ruling", args=[index.slug, "99-2023"])).status_code == 404


def test_withdrawn_ruling_answers_with_the_reason_and_not_with_its_title(client, index, ruling):
    permanent = reverse("pages:ruling", args=[index.slug, "12-2023"])
    withdraw(ruling, "Se reservó por orden de un juez.")

    response = client.get(ruling.url)
    text = response.content.decode()

    assert response.status_code == 410
    assert "Se reservó por orden de un juez." in text
    assert "Una multa sin aviso" not in text
    assert index.url in text
    assert client.get(permanent).headers["Location"] == ruling.url
    assert "Una multa sin aviso" not in read(client, index.url)


def test_withdrawn_ruling_leads_to_the_one_in_its_place(client, index, ruling):
    placed = published(RulingPageFactory(parent=index, title="La correcta", replaces=ruling))
    withdraw(ruling, "Tenía un error.")

    assert f'href="{placed.url}">La correcta</a>' in read(client, ruling.url)


def test_draft_and_private_rulings_have_no_tombstone(client, index):
    draft = RulingPageFactory(parent=index)
    private = published(RulingPageFactory(parent=index))
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    withdraw(private, "Reservada.")

    assert client.get(draft.url).status_code == 404
    assert client.get(private.url).status_code == 404


def test_list_shows_state_and_missing_parts_and_filters_by_matter(client, index, ruling):
    published(RulingPageFactory(parent=index, title="De familia", matter="familiar", finality="final"))

    whole, filtered = read(client, index.url), read(client, f"{index.url}?materia=familiar")

    assert "Firme." in whole
    assert "Falta la versión en lenguaje claro." in whole
    assert "Una multa sin aviso" in whole
    assert "De familia" in filtered
    assert "Una multa sin aviso" not in filtered


FILTERS = (
    *("tribunal=dos", "materia=familiar", "resultado=denied", "firmeza=final", "genero=si"),
    *("grupo=women", "tiene=lenguaje-claro", "anio=2021"),
)


@pytest.mark.both_databases
def test_list_filters_by_what_the_search_filters(client):
    whole = published(RulingIndexPageFactory(tribunal=None, title="Sentencias"))
    first, second = (RulingIndexPageFactory(parent=whole, slug=slug) for slug in ("uno", "dos"))
    wanted = RulingPageFactory(
        parent=second, title="La buscada", matter="familiar", outcome="denied", finality="final",
        has_gender_perspective=True, decided_on=datetime.date(2021, 3, 1),
        groups=[RulingGroup(group="women")],
    )  # fmt: skip
    published(PlainVersionPageFactory(parent=published(wanted)))
    other = published(RulingPageFactory(parent=first, title="La otra"))
    PlainVersionPageFactory(parent=other)  # a draft

    found = {query: read(client, f"{whole.url}?{query}") for query in FILTERS}

    assert [query for query, text in found.items() if "La buscada" not in text or "La otra" in text] == []


def test_list_of_one_tribunal_does_not_ask_for_it(client, index):
    assert 'name="tribunal"' not in read(client, index.url).split('id="lista"')[1]


def test_each_page_of_the_list_keeps_the_filter(client, index, ruling, monkeypatch):
    for number in range(3):
        title, case = f"De familia {number}", f"TJA-2{number}/2023"
        published(RulingPageFactory(parent=index, title=title, matter="familiar", case_number=case))
    monkeypatch.setattr(context, "PER_PAGE", 2)

    first = read(client, f"{index.url}?materia=familiar")
    address = re.search(r'<a href="([^"]+)" rel="next">', first).group(1).replace("&amp;", "&")
    last = read(client, f"{index.url}{address}")

    assert address == "?materia=familiar&pagina=2"
    assert "1–2 de 3" in first
    assert "3–3 de 3" in last
    assert 'href="?materia=familiar&amp;pagina=1" rel="prev"' in last
    titles = re.findall(r">(De familia \d)<", first + last)
    assert sorted(set(titles)) == ["De familia 0", "De familia 1", "De familia 2"]
    assert "Una multa sin aviso" not in first + last
    assert "3–3 de 3" in read(client, f"{index.url}?materia=familiar&pagina=99")


def test_list_of_all_tribunals_names_each(client):
    whole = published(RulingIndexPageFactory(tribunal=None, title="Sentencias"))
    below = RulingIndexPageFactory(parent=whole, tribunal=InstitutionFactory(name="Tribunal Dos"))
    published(RulingPageFactory(parent=below, title="De otro tribunal"))

    text = read(client, whole.url)

    assert "De otro tribunal" in text
    assert "Tribunal Dos." in text


def test_feeds_of_tribunal_and_matter(client, index, ruling):
    published(RulingPageFactory(parent=index, title="De familia", matter="familiar"))
    own = reverse("pages:rulings_feed", args=[index.slug])
    of_matter = reverse("pages:rulings_of_matter_feed", args=[index.slug, "familiar"])

    assert "Una multa sin aviso (No sabemos si es firme)" in read(client, own)
    assert "Una multa sin aviso" not in read(client, of_matter)
    assert client.get(of_matter.replace("familiar", "otra")).status_code == 404
