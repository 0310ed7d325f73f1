"""Who may edit the word lists, and which texts they apply to."""

import pytest
from django.urls import reverse
from django.utils.text import slugify

from abierto.approval.models.task import create_review_workflow
from abierto.language.review import review_text
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from abierto.tenancy.provisioning import create_space, get_or_create_groups
from abierto.word_lists.models import WordListVersion
from abierto.word_lists.services import lists_for
from tests.abierto.approval.newsroom import newsroom, person

pytestmark = pytest.mark.django_db

EDIT = reverse("word_lists:edit", args=["legal_words"])


@pytest.fixture
def room():
    return newsroom()


def create_town(name: str) -> Space:
    workflow = create_review_workflow(name, get_or_create_groups(name).reviewers)
    return create_space(SpaceKind.MUNICIPALITY, name, slugify(name), workflow)


@pytest.fixture
def town():
    return create_town("León")


def edit_of(space) -> str:
    return reverse("word_lists:edit_space", args=["legal_words", space.pk])


def save(client, user, address=EDIT, **data):
    client.force_login(user)
    return client.post(address, {"additions": "", "removals": "", "source": "Acuerdo 5", **data})


def suggestions(text: str, *spaces) -> list[str]:
    lists = lists_for(*(space.pk for space in spaces))
    return [one.suggestion for one in review_text(text, lists).findings if one.rule.code == "legal-word"]


def test_administrator_of_the_state_adds_and_removes_for_everybody(client, room, town):
    save(client, room.administrator, additions="usufructuar = usar", removals="por ende")

    assert suggestions("Por ende, van a usufructuar.", town) == ["usar"]
    version = WordListVersion.objects.get()
    assert (version.changed_by, version.source, version.space) == (room.administrator, "Acuerdo 5", None)


def test_space_only_adds_and_only_for_its_texts(client, room, town):
    administrator = person("leonesa", town.administrators)
    save(client, administrator, edit_of(town), additions="usufructuar = usar", removals="por ende")

    assert suggestions("Por ende, van a usufructuar.", town) == ["por eso", "usar"]
    assert suggestions("Por ende, van a usufructuar.", room.space) == ["por eso"]


def test_space_cannot_repeat_a_word_of_the_portal(client, town):
    response = save(client, person("leonesa", town.administrators), edit_of(town), additions="por ende = así")
    assert "ya está en la lista de todo el portal" in response.content.decode()
    assert not WordListVersion.objects.exists()


def test_others_edit_nothing(client, room, town):
    other = person("leonesa", town.administrators)
    assert save(client, other, additions="a = b").status_code == 404
    assert save(client, person("edita", town.editors), edit_of(town), additions="a = b").status_code == 404
    assert save(client, other, edit_of(room.space), additions="a = b").status_code == 404
    assert save(client, room.editor, additions="a = b").status_code == 404
    assert not WordListVersion.objects.exists()


def test_every_version_is_in_the_history(client, room):
    save(client, room.administrator, additions="usufructuar = usar")
    save(client, room.administrator, additions="", source="Acuerdo 6")

    html = client.get(EDIT).content.decode()

    assert suggestions("Van a usufructuar.") == []
    assert "Acuerdo 5" in html
    assert "Acuerdo 6" in html
    assert WordListVersion.objects.count() == 2


def test_wrong_lines_are_said_and_what_was_typed_stays(client, room):
    response = save(client, room.administrator, additions="bien = mejor\na.*b = c\nsin signo", source="")
    html = response.content.decode()
    assert "Renglón 2" in html
    assert "Renglón 3" in html
    assert "a.*b = c" in html
    assert "source" in response.context["form"].errors


def test_unknown_list_is_not_found(client, room):
    assert save(client, room.administrator, reverse("word_lists:edit", args=["verbs"])).status_code == 404


def test_lists_cost_one_query_and_one_more_after_an_edit(client, room, town, django_assert_num_queries):
    with django_assert_num_queries(1):
        lists_for(town.pk)
    save(client, room.administrator, additions="usufructuar = usar")
    with django_assert_num_queries(2):
        lists_for(town.pk)
    with django_assert_num_queries(1):
        lists_for(town.pk)


def test_overview_has_the_lists_with_their_sources(client, room, town):
    client.force_login(room.administrator)
    html = client.get(reverse("word_lists:index")).content.decode()
    assert "Libro de estilo de la Justicia" in html
    assert EDIT in html
    client.force_login(person("edita", town.editors))
    assert client.get(reverse("word_lists:index")).status_code == 404


def test_overview_links_the_lists_of_the_space_that_was_picked(client, room, town):
    create_town("Celaya")
    client.force_login(room.administrator)
    overview = reverse("word_lists:index")
    unpicked = client.get(overview).content.decode()
    assert f'value="{town.pk}"' in unpicked
    assert edit_of(town) not in unpicked
    assert edit_of(town) in client.get(overview, {"espacio": town.pk}).content.decode()
    assert "espacio/" not in client.get(overview, {"espacio": "0"}).content.decode()


def test_overview_of_one_space_needs_no_picker(client, room, town):
    client.force_login(person("administra", town.administrators))
    html = client.get(reverse("word_lists:index"), {"espacio": room.space.pk}).content.decode()
    assert edit_of(town) in html
    assert f"espacio/{room.space.pk}/" not in html
    assert "<select" not in html
