"""A cached page of a ruling stays while spaces without rulings publish, and goes with what it shows."""

from types import SimpleNamespace

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from abierto.media.models import FileText
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from abierto.tenancy.provisioning import assign_root
from pages.core.page_cache import CACHE
from pages.rulings.index import RulingIndexPage
from pages.rulings.models import RulingPage
from tests.abierto.approval.newsroom import person
from tests.abierto.tenancy import worlds
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    InstitutionFactory,
    MicrositePageFactory,
    PlanPageFactory,
    StandardPageFactory,
    home,
    published,
)
from tests.pages.rulings.test_files import make_pdf, store
from tests.ruling_factories import (
    PlainVersionPageFactory,
    PublicVersionPageFactory,
    RulingIndexPageFactory,
    RulingPageFactory,
)
from tests.shared_rows import built_once

pytestmark = pytest.mark.slow


@built_once
def build_courts():
    """Publish the lists of two tribunals, a ruling of the first with a commitment of a town, and a town."""
    assign_root(worlds.space("Estado", SpaceKind.STATE), published(home()))
    whole = published(RulingIndexPageFactory(tribunal=None, title="Sentencias"))
    lists = []
    for name in ("Uno", "Dos"):
        tribunal = InstitutionFactory(name=f"Tribunal {name}")
        lists.append(published(RulingIndexPageFactory(parent=whole, tribunal=tribunal)))
        assign_root(worlds.space(f"Tribunal {name}", SpaceKind.INSTITUTION), lists[-1])
    town = published(MicrositePageFactory(municipality__name="Norte"))
    assign_root(worlds.space("Norte", SpaceKind.MUNICIPALITY), town)
    axis = AxisPageFactory(parent=PlanPageFactory(parent=town), code="1")
    commitment = published(CommitmentPageFactory(parent=axis, code="1.1", title="Lo prometido"))
    draft = published(CommitmentPageFactory(parent=axis, code="1.2", title="Lo que saldrá"))
    chosen = [("commitment", commitment), ("commitment", draft)]
    ruling = published(RulingPageFactory(parent=lists[0], topics="multa", commitments=chosen))
    published(PlainVersionPageFactory(parent=ruling))
    other_town = published(MicrositePageFactory(parent=town.get_parent(), municipality__name="Sur"))
    assign_root(worlds.space("Sur", SpaceKind.MUNICIPALITY), other_town)
    prose = published(StandardPageFactory(parent=other_town, title="Texto del sur"))
    draft.unpublish()
    return SimpleNamespace(
        ruling=ruling, index=lists[0], other=lists[1], commitment=commitment, draft=draft, prose=prose
    )


@pytest.fixture
def courts(transactional_db, settings):
    settings.ABIERTO_PAGE_CACHE_SECONDS = 60
    caches[CACHE].clear()
    with transaction.atomic():
        return build_courts()


def is_hit(client, page) -> bool:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page.url).status_code == 200
    return len(queries) == 1


def join_texts(client, page) -> str:
    return client.get(page.url).content.decode()


def change(page) -> None:
    page = type(page).objects.get(pk=page.pk)
    page.title += " otra vez"
    published(page)


def test_rulings_and_their_list_stay_while_a_town_publishes(client, courts):
    join_texts(client, courts.ruling), join_texts(client, courts.index)

    change(courts.prose)

    assert is_hit(client, courts.ruling)
    assert is_hit(client, courts.index)


def test_ruling_of_another_tribunal_that_cites_it_is_shown(client, courts):
    assert "Citada por" not in join_texts(client, courts.ruling)

    new = published(
        RulingPageFactory(parent=courts.other, title="La que cita", citations=[("ruling", courts.ruling)])
    )
    assert "La que cita" in join_texts(client, courts.ruling)

    new.unpublish()
    assert "La que cita" not in join_texts(client, courts.ruling)


def test_similar_ruling_of_another_tribunal_appears_and_goes(client, courts):
    assert "parecidas" not in join_texts(client, courts.ruling)

    new = published(RulingPageFactory(parent=courts.other, title="La parecida", topics="Multa de agua"))
    assert "La parecida" in join_texts(client, courts.ruling)

    new.unpublish()
    assert "La parecida" not in join_texts(client, courts.ruling)


def test_ruling_of_a_list_that_did_not_exist_is_shown(client, courts):
    join_texts(client, courts.ruling)
    late = published(RulingIndexPageFactory(title="Sentencias de otro", slug="otras"))

    published(RulingPageFactory(parent=late, title="La que llega", citations=[("ruling", courts.ruling)]))

    assert "La que llega" in join_texts(client, courts.ruling)


def test_guide_of_the_list_above_goes_and_appears(client, courts):
    guide = published(StandardPageFactory(title="Cómo leer esto"))
    whole = RulingIndexPage.objects.get(title="Sentencias")
    whole.guide = guide
    published(whole)
    assert guide.url in join_texts(client, courts.ruling)
    assert guide.url in join_texts(client, courts.index)

    guide.unpublish()
    assert guide.url not in join_texts(client, courts.ruling)

    published(guide)
    assert guide.url in join_texts(client, courts.ruling)


def test_commitment_of_a_town_goes_and_appears(client, courts):
    assert "Lo que saldrá" not in join_texts(client, courts.ruling)

    published(courts.draft)
    assert "Lo que saldrá" in join_texts(client, courts.ruling)

    courts.commitment.unpublish()
    assert "Lo prometido" not in join_texts(client, courts.ruling)


def test_plan_of_a_commitment_that_goes_takes_it_along(client, courts):
    assert "Lo prometido" in join_texts(client, courts.ruling)

    courts.commitment.get_parent().get_parent().specific.unpublish()

    assert "Lo prometido" not in join_texts(client, courts.ruling)


def test_new_file_leaves_every_page_and_a_new_text_those_that_do_not_show_it(client, courts):
    document = store(make_pdf("Vistos los autos"))
    space = Space.objects.get(name="Tribunal Uno")
    people = [person(f"{group.pk}-tribunal", group) for group in (space.editors, space.reviewers)]
    named = dict(zip(("anonymized_by", "names_reviewed_by"), people, strict=True))
    published(PublicVersionPageFactory(parent=courts.ruling, document=document, texts=(), **named))
    assert "Vistos los autos" in join_texts(client, courts.ruling)
    join_texts(client, courts.prose)

    store(make_pdf("Otro archivo"), "otro.pdf")
    assert is_hit(client, courts.ruling)

    text = FileText.objects.get(reading__document=document)
    text.pages = [(1, "Se leyó otra vez")]
    text.save()
    assert is_hit(client, courts.prose)
    assert "Se leyó otra vez" in join_texts(client, courts.ruling)


def test_withdrawn_part_goes(client, courts):
    assert "Qué se decidió" in join_texts(client, courts.ruling)

    courts.ruling.get_children().get(slug="lenguaje-claro").specific.unpublish()

    assert "Todavía no hay una versión en lenguaje claro" in join_texts(client, courts.ruling)


def test_withdrawn_ruling_answers_gone(client, courts):
    join_texts(client, courts.ruling), join_texts(client, courts.index)
    title = courts.ruling.title

    RulingPage.objects.get(pk=courts.ruling.pk).unpublish()

    assert client.get(courts.ruling.url).status_code in (404, 410)
    assert title not in join_texts(client, courts.index)
