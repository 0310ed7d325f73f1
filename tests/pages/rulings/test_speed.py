"""A ruling costs at most twelve queries, however long its text."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.core.cache import clear_cached_values
from tests.factories import CommitmentPageFactory, InstitutionFactory, StandardPageFactory, home, published
from tests.pages.rulings.test_files import make_pdf, store
from tests.ruling_factories import (
    EasyReadPageFactory,
    InfographicPageFactory,
    PlainVersionPageFactory,
    PublicVersionPageFactory,
    RulingIndexPageFactory,
    RulingPageFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SECTIONS = 300
MAX_QUERIES = 12


def publish_long_ruling(**text: object):
    """Publish a ruling with everything that a ruling may have, and a text of ``SECTIONS`` pages."""
    guide = published(StandardPageFactory(title="Cómo leer una sentencia"))
    index = RulingIndexPageFactory(parent=RulingIndexPageFactory(tribunal=None, guide=guide))
    cited = [published(RulingPageFactory(parent=index, topics="multa")) for _ in range(3)]
    page = published(
        RulingPageFactory(
            parent=index,
            chamber=InstitutionFactory(),
            topics="multa",
            provisions="\n".join(f"Artículo {number} de la Ley" for number in range(SECTIONS)),
            finality_ruling=cited[0],
            citations=[("ruling", cited[1])],
            commitments=[("commitment", published(CommitmentPageFactory()))],
            votes=[("vote", {"post": "Magistratura", "vote": "for", "note": ""})] * 20,
        )
    )
    published(PublicVersionPageFactory(parent=page, **text))
    published(PlainVersionPageFactory(parent=page, why="<p>Te deben oír.</p>" * SECTIONS))
    published(EasyReadPageFactory(parent=page))
    published(InfographicPageFactory(parent=page))
    return page


@pytest.mark.both_databases
@pytest.mark.parametrize("source", ["written", "file"])
def test_ruling_with_three_hundred_sections_costs_twelve_queries(client, source):
    published(home())
    texts = tuple(f"Considerando {number}." for number in range(SECTIONS))
    if source == "written":
        page = publish_long_ruling(texts=texts)
    else:
        page = publish_long_ruling(texts=(), document=store(make_pdf(*texts)))
    client.get(page.url)  # draws the pictures, once
    clear_cached_values()

    with CaptureQueriesContext(connection) as queries:
        html = client.get(page.url).content.decode()

    assert html.count('id="pagina-') == SECTIONS
    assert "Cómo leer una sentencia" in html
    assert "Sentencias parecidas" in html
    assert len(queries) <= MAX_QUERIES, "\n".join(query["sql"][:150] for query in queries)
