"""What every page of a microsite carries, and pages elsewhere do not."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Collection

from abierto.approval.ledger.imports import imported
from abierto.approval.models.task import create_review_workflow
from abierto.media.models import PortalImage
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from abierto.tenancy.provisioning import assign_root, create_space, get_or_create_groups
from pages.municipalities.models import MicrositePage
from tests.abierto.media.uploads import picture, upload
from tests.factories import (
    MicrositePageFactory,
    MunicipalityFactory,
    PlanIndexPageFactory,
    PlanPageFactory,
    StandardPageFactory,
    home,
    published,
)
from tests.shared_rows import built_once

pytestmark = pytest.mark.django_db

CONTACT = {
    "address": "Plaza Principal 1, Centro",
    "phone": "421 123 4567",
    "email": "transparencia@coroneo.example.org",
}


@pytest.fixture
@built_once
def microsite():
    published(home())
    town = MunicipalityFactory(name="Coroneo")
    return published(
        MicrositePageFactory(
            municipality=town,
            band_color="#6b2c75",
            accent_color="#6b2c75",
            presentation="Un pueblo.",
            **CONTACT,
        )
    )


def make_space(name: str) -> Space:
    workflow = create_review_workflow(name, get_or_create_groups(name).reviewers)
    return create_space(SpaceKind.MUNICIPALITY, name, name.lower(), workflow)


def store_image(collection, title: str) -> PortalImage:
    """Return a stored image of a collection, or of everybody."""
    collection = collection or Collection.get_first_root_node()
    return PortalImage.objects.create(
        title=title, file=upload(f"{title}.png", picture()), collection=collection
    )


def read(client, page) -> str:
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def test_every_page_below_has_the_colors_the_menu_and_the_foot(client, microsite):
    plan = published(PlanPageFactory(parent=microsite, title="Plan de acción municipal"))
    published(StandardPageFactory(parent=microsite, title="Noticias"))

    for page in (microsite, plan):
        html = read(client, page)

        assert '<link rel="stylesheet" href="/colores/6b2c75-6b2c75.css">' in html
        assert f'<a class="site__name" href="{microsite.url}">Coroneo</a>' in html
        assert f'href="{plan.url}"' in html
        assert "Noticias</a>" in html
        assert all(value in html for value in CONTACT.values())


def test_a_page_elsewhere_has_none_of_it(client, microsite):
    html = read(client, published(PlanIndexPageFactory()))

    assert "/colores/" not in html
    assert CONTACT["address"] not in html


def test_the_menu_has_no_drafts_and_no_privacy_notice(client, microsite):
    notice = published(StandardPageFactory(parent=microsite, title="Aviso"))
    StandardPageFactory(parent=microsite, title="Borrador secreto")
    microsite.privacy_page = notice
    html = read(client, published(microsite))

    assert "Borrador secreto" not in html
    assert html.count(f'href="{notice.url}"') == 1
    assert "Aviso de privacidad</a>" in html


def test_the_logo_and_the_picture_of_its_own_space_are_shown(client, microsite, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    logo, portrait = (store_image(None, title) for title in ("Escudo", "Plaza"))
    portrait.description, portrait.credit = "La plaza de Coroneo", "Ana Pérez"
    portrait.save()
    microsite.logo, microsite.portrait = logo, portrait
    html = read(client, published(microsite))

    assert 'class="site__logo"' in html
    assert 'alt="La plaza de Coroneo"' in html
    assert "Autoría: Ana Pérez" in html


def test_the_logo_of_a_neighbour_is_never_shown(client, microsite, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    assign_root(make_space("Coroneo"), microsite)
    foreign = store_image(make_space("Celaya").collection, "Escudo de Celaya")

    with imported("Ficha de una prueba"):
        MicrositePage.objects.filter(pk=microsite.pk).update(logo=foreign, portrait=foreign)

    html = read(client, microsite)
    assert "site__logo" not in html
    assert "<picture>" not in html


def test_the_search_of_a_microsite_is_limited_to_its_space(client, microsite):
    assign_root(make_space("Coroneo"), microsite)

    html = read(client, microsite)

    assert '<input type="hidden" name="espacio" value="coroneo">' in html
    assert "Buscar en todo el estado" in html


def test_a_town_has_one_microsite(microsite):
    other = MicrositePageFactory(municipality=MunicipalityFactory())
    other.municipality = microsite.municipality

    with pytest.raises(ValidationError) as error:
        other.full_clean()
    assert error.value.message_dict == {
        "municipality": ["Este municipio ya tiene un micrositio. Elige otro municipio."]
    }


@pytest.mark.parametrize(("field", "color"), [("band_color", "#808080"), ("accent_color", "#ffff00")])
def test_a_color_that_cannot_be_read_is_an_error_of_its_field(microsite, field, color):
    setattr(microsite, field, color)

    with pytest.raises(ValidationError) as error:
        microsite.full_clean()
    assert "El color más parecido que sí se lee es #" in error.value.message_dict[field][0]
