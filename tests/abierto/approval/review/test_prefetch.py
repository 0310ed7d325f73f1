"""Objects that content refers to and the public cannot open: shown with title, state and consequence."""

import json
from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.models import Collection, Page, PageViewRestriction

from abierto.approval.models import task
from abierto.approval.review.comparison import compare_versions
from abierto.media.models import PortalDocument
from abierto.tenancy.provisioning import assign_root
from pages.standard.models import StandardPage
from search.models import PromotedResult
from tests import factories
from tests.abierto.approval.newsroom import fresh, newsroom, person, submit
from tests.abierto.approval.unguarded import without_reference_checks
from tests.abierto.media.uploads import PDF, upload
from tests.factories import published
from tests.pages.history.scenario import withdrawn
from tests.security.newsdesk import town_hall

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

WITHOUT_LINK = "el público verá las palabras sin enlace"
NOT_SHOWN = "el público no lo verá"
GONE = 987654


@pytest.fixture
def room(monkeypatch):
    # References that are refused today may be stored.
    without_reference_checks(monkeypatch)
    monkeypatch.setattr(task, "check_valid", lambda *args: None)
    return newsroom()


def a_draft(room, title="Plan secreto"):
    return factories.StandardPageFactory(title=title)


def a_withdrawn(room):
    page = published(a_draft(room))
    withdrawn(room, page, "Salió antes de tiempo.")
    return page


def a_private(room):
    page = published(a_draft(room))
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    return page


def an_expired(room):
    page = published(a_draft(room))
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now())
    return page


def below_a_private(room):
    return published(factories.StandardPageFactory(title="Plan secreto", parent=a_private(room)))


def below_a_withdrawn(room):
    above = published(factories.StandardPageFactory(title="Arriba"))
    page = published(factories.StandardPageFactory(title="Plan secreto", parent=above))
    withdrawn(room, above, "Salió antes de tiempo.")
    return page


def link(key, words="clic"):
    return f'<p>Haz <a linktype="page" id="{key}">{words}</a>.</p>'


def cards(key):
    return {
        "cards": [{"type": "item", "value": {"page": key, "url": "", "title": "", "text": ""}, "id": "a"}]
    }


def entry(html):
    return {"entries": [{"type": "item", "value": html, "id": "a"}], "kind": "bullets"}


PLACES = {
    "paragraph": ("paragraph", link, WITHOUT_LINK),
    "inside a list": ("list", lambda key: entry(link(key)), WITHOUT_LINK),
    "inside a notice": ("notice", lambda key: {"kind": "info", "title": "", "text": link(key)}, WITHOUT_LINK),
    "cards": ("links", cards, NOT_SHOWN),
    "commitments": (
        "commitments",
        lambda key: {"title": "", "commitments": [{"type": "item", "value": key, "id": "a"}]},
        NOT_SHOWN,
    ),
}


def body_of(kind, value, key="uno"):
    return json.dumps([{"type": kind, "id": key, "value": value}])


def screen(client, user, state):
    """Return the text of a review screen."""
    client.force_login(user)
    html = client.get(reverse("approval:review", args=[state.pk])).content.decode()
    return " ".join(strip_tags(html.partition("<main")[2]).split())


def review_of(room, body, author=None, page=None):
    page = page or published(factories.StandardPageFactory(title="Con enlaces"))
    draft = fresh(page)
    draft.body = body
    return submit(draft, author or room.editor)


@pytest.mark.parametrize("place", PLACES)
def test_a_draft_is_shown_in_every_field_that_refers_to_it(client, room, place):
    kind, value, effect = PLACES[place]

    html = screen(client, room.reviewer, review_of(room, body_of(kind, value(a_draft(room).pk))))

    assert f"«Plan secreto», borrador: {effect}" in html.partition("Campo por campo")[2]
    assert f"«Plan secreto», borrador: {effect}" in html.partition("Campo por campo")[0]


@pytest.mark.parametrize(
    ("make", "state"),
    [
        (a_withdrawn, "retirada"),
        (a_private, "privada"),
        (below_a_private, "privada"),
        (below_a_withdrawn, "debajo de una página que no es pública"),
        (an_expired, "retirada"),
    ],
)
def test_each_state_is_shown(client, room, make, state):
    html = screen(client, room.reviewer, review_of(room, body_of("paragraph", link(make(room).pk))))

    assert f"clic (página «Plan secreto», {state}: {WITHOUT_LINK})" in html


@pytest.mark.parametrize("place", PLACES)
def test_a_deleted_object_is_shown(client, room, place):
    kind, value, effect = PLACES[place]

    html = screen(client, room.reviewer, review_of(room, body_of(kind, value(GONE))))

    assert f"página {GONE}, que ya no existe: {effect}" in html


def test_a_public_page_is_shown_with_its_url(client, room):
    page = published(factories.StandardPageFactory(title="Plan abierto", slug="plan-abierto"))

    html = screen(client, room.reviewer, review_of(room, body_of("paragraph", link(page.pk))))

    assert "clic (página «Plan abierto», " in html
    assert "plan-abierto/)" in html
    assert "no puede abrir" not in html


def test_a_changed_link_target_is_shown_for_the_same_text(room):
    first_target, second_target = (
        published(factories.StandardPageFactory(title=title)) for title in ("Aquí", "Allá")
    )
    old = published(factories.StandardPageFactory(body=body_of("paragraph", link(first_target.pk))))
    new = fresh(old)
    new.body = StandardPage._meta.get_field("body").to_python(body_of("paragraph", link(second_target.pk)))

    (change,) = compare_versions(old, new, room.reviewer).fields
    (inside,) = change.blocks[0].changes
    assert "«Aquí»" in strip_tags(inside.before.html)
    assert "«Allá»" in strip_tags(inside.after.html)


def test_pages_with_the_same_title_are_distinguished(room):
    keys = [factories.StandardPageFactory(title="Igual", slug=f"igual-{n}").pk for n in range(2)]
    old = published(factories.StandardPageFactory(body=body_of("paragraph", link(keys[0]))))
    new = fresh(old)
    new.body = StandardPage._meta.get_field("body").to_python(body_of("paragraph", link(keys[1])))

    (change,) = compare_versions(old, new, room.reviewer).fields
    (inside,) = change.blocks[0].changes
    assert strip_tags(inside.before.html) != strip_tags(inside.after.html)


def test_unchanged_references_are_shown_too(client, room):
    page = published(factories.StandardPageFactory(body=body_of("paragraph", link(a_draft(room).pk))))
    draft = fresh(page)
    draft.summary = "Otra cosa."

    html = screen(client, room.reviewer, submit(draft, room.editor))

    assert "«Plan secreto», borrador" in html.partition("Campo por campo")[0]


def space_with_page():
    """Return a space with a public page, an editor and a reviewer."""
    town = town_hall()
    root = published(factories.StandardPageFactory(title="Ayuntamiento"))
    assign_root(town, root)
    return root, person("escribe", town.editors), person("revisa-alla", town.reviewers)


def test_a_page_of_another_space_is_shown_without_its_title(client, room):
    root, author, reviewer = space_with_page()
    secret = a_draft(room)
    state = review_of(room, body_of("paragraph", link(secret.pk)), author, root)

    html = screen(client, reviewer, state)

    assert "una página de otro espacio que no es pública" in html
    assert WITHOUT_LINK in html
    assert "Plan secreto" not in html


def test_files_and_rows_of_another_space_are_shown_without_titles(client, room):
    root, author, reviewer = space_with_page()
    document = PortalDocument(
        title="Acta secreta",
        file=upload("acta.pdf", PDF),
        collection=Collection.objects.get(pk=room.space.collection_id),
    )
    document.save()
    words = f'<p><a linktype="document" id="{document.pk}">acta</a></p>'
    state = review_of(room, body_of("paragraph", words), author, root)

    html = screen(client, reviewer, state)

    assert "un archivo de otro espacio" in html
    assert "Acta secreta" not in html


def test_a_promoted_result_shows_its_draft_target(client, room):
    row = PromotedResult(words="plan", page=a_draft(room), live=False, space=room.space)
    row.save()

    html = screen(client, room.reviewer, submit(row, room.editor))

    assert "«Plan secreto», borrador" in html


def test_a_comparison_without_a_viewer_shows_no_title_of_a_non_public_page(room):
    page = StandardPage(title="P", body=body_of("paragraph", link(a_draft(room).pk)))

    comparison = compare_versions(None, page)

    assert "Plan secreto" not in str(comparison)
    assert "una página que no es pública" in str(comparison)


@pytest.mark.parametrize("who", ["reviewer", "town"])
def test_the_number_of_references_adds_no_queries(room, who):
    reviewer = room.reviewer if who == "reviewer" else space_with_page()[2]

    titles = map("Plan secreto {}".format, count())

    def cost(number):
        keys = [a_draft(room, next(titles)).pk for _ in range(number)]
        keys += [published(factories.StandardPageFactory()).pk for _ in range(number)]
        body = [{"type": "paragraph", "id": f"p{key}", "value": link(key)} for key in keys] + [
            {"type": "links", "id": f"l{key}", "value": cards(key)} for key in keys
        ]
        page = StandardPage(title="P", body=json.dumps(body))
        with CaptureQueriesContext(connection) as queries:
            assert len(compare_versions(None, page, reviewer).closed_targets) == 2 * number
        return len(queries)

    cost(1)
    assert cost(2) == cost(6)
