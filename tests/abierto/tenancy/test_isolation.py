"""Isolation of admin addresses: closed without a policy, and every id is checked."""

import json

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q
from django.test import RequestFactory
from django.urls import ResolverMatch, reverse
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry, ReferenceIndex, TaskState, WorkflowState

from abierto.media.models import PortalImage
from abierto.tenancy.access import scope
from abierto.tenancy.admin import filters
from abierto.tenancy.admin.tags import find_popular_tags
from abierto.tenancy.current_user import set_current_visitor
from abierto.tenancy.isolation import checks, policies
from abierto.tenancy.isolation import row_sets as rows
from abierto.tenancy.isolation.policies import (
    POLICIES,
    AddressPolicy,
    Reach,
    is_within_reach,
    register_policies,
)
from abierto.tenancy.isolation.viewer import hides_draft
from abierto.tenancy.provisioning import EDITOR_PAGES, assign_root, get_shared_collection, grant_pages
from pages.standard.models import StandardPage
from tests.abierto.media.uploads import picture, upload
from tests.abierto.tenancy import worlds

pytestmark = pytest.mark.django_db

NAME = "wagtailadmin_pages:edit"
NOWHERE = 987_654
TOO_LARGE = 10**30


@pytest.fixture
def world():
    return worlds.build()


@pytest.fixture
def editor(client, world):
    client.force_login(world.north_editor)
    return client


def is_allowed(user, name=NAME, query=None, form=None, **kwargs):
    """Return whether ``user`` may send this request."""
    if form is None:
        request = RequestFactory().get("/admin/", query or {})
    else:
        request = RequestFactory().post("/admin/", form)
    request.resolver_match = ResolverMatch(lambda: None, (), kwargs, url_name=name)
    return is_within_reach(request, user)


def test_every_admin_address_has_a_policy():
    assert checks.check_admin_policies(None) == []


def test_address_without_policy_is_reported_and_closed(world, monkeypatch):
    monkeypatch.delitem(POLICIES, NAME)
    assert [error.id for error in checks.check_admin_policies(None)] == ["tenancy.E001"]
    assert not is_allowed(world.north_editor, page_id=world.northern.pk)


def test_url_parameter_without_row_set_is_reported_and_closed(world, monkeypatch):
    monkeypatch.delitem(policies.COMMON_IDS, "task_state_id")
    assert {error.id for error in checks.check_admin_policies(None)} == {"tenancy.E002"}
    assert not is_allowed(world.north_editor, page_id=world.northern.pk, results_only=True)


def test_second_policy_for_an_address_is_refused():
    with pytest.raises(ImproperlyConfigured, match=NAME):
        register_policies({NAME: AddressPolicy(Reach.NO_TENANT_DATA)})


@pytest.mark.parametrize("key", ["southern", NOWHERE, TOO_LARGE, "abc"])
def test_only_ids_in_scope_are_allowed(world, key):
    assert is_allowed(world.north_editor, page_id=world.northern.pk)
    assert not is_allowed(world.north_editor, page_id=world.southern.pk if key == "southern" else key)


@pytest.mark.parametrize("name", ["destination_page_id", "chooser", "new_parent_page", "collection"])
def test_ids_in_queries_and_forms_are_checked(world, name):
    own, theirs = world.northern.pk, world.southern.pk
    if name == "collection":
        own, theirs = world.north.collection_id, world.south.collection_id
    path_args = {"page_id": world.northern.pk}

    for source in ("query", "form"):
        assert is_allowed(world.north_editor, **path_args, **{source: {name: own}})
        assert not is_allowed(world.north_editor, **path_args, **{source: {name: theirs}})
        assert not is_allowed(world.north_editor, **path_args, **{source: {name: [own, theirs]}})
        assert is_allowed(
            world.north_editor, **path_args, **{source: {name: "abc"}}
        )  # the form reports the error itself


def test_ids_in_json_body_are_checked(world):
    body = {"destination_page_id": world.southern.pk}
    request = RequestFactory().post("/admin/", body, content_type="application/json")
    request.resolver_match = ResolverMatch(lambda: None, (), {"page_id": world.northern.pk}, url_name=NAME)

    assert not is_within_reach(request, world.north_editor)


def test_denied_and_missing_objects_get_the_same_response(editor, world):
    for name in ("edit", "delete", "history", "usage", "copy", "view_draft"):
        theirs = editor.get(reverse(f"wagtailadmin_pages:{name}", args=[world.southern.pk]))
        nothing = editor.get(reverse(f"wagtailadmin_pages:{name}", args=[NOWHERE]))
        assert theirs.status_code == nothing.status_code == 404
        assert theirs.content == nothing.content


def test_anonymous_visitor_is_redirected_to_login(client, world):
    for key in (world.southern.pk, NOWHERE):
        response = client.get(reverse(NAME, args=[key]))
        assert response.status_code == 302
        assert response["Location"].startswith("/cuenta/entrar/")


@pytest.mark.parametrize(
    "address",
    ["/admin/sites/", "/admin/users/", "/admin/groups/", "/admin/redirects/", "/admin/workflows/list/"],
)
def test_state_only_addresses_answer_404_to_other_spaces(editor, address):
    assert editor.get(address).status_code == 404


def test_bulk_action_on_all_is_limited_to_scope(editor, world):
    draft = world.northern.add_child(instance=StandardPage(title="Propio", slug="propio", live=False))
    world.southern.add_child(instance=StandardPage(title="Secreto", slug="secreto", live=False))
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

    text = editor.get(address, {"id": "all"}).content.decode()
    refused = editor.get(address, {"id": [draft.pk, world.southern.pk]})

    assert "Secreto" not in text
    assert "Compromiso del norte" in text
    assert refused.status_code == 404


def test_page_permission_outside_own_space_has_no_effect(client, world):
    grant_pages(world.north.editors, world.home, EDITOR_PAGES)
    client.force_login(world.north_editor)

    text = client.get(reverse("wagtailadmin_explore", args=[world.home.pk])).content.decode()

    assert "Compromiso del norte" in text
    assert "Compromiso del sur" not in text


# --- Titles, tags and counts ---------------------------------------------------------------------------


def test_page_of_another_space_shows_its_public_title(world):
    page = StandardPage(title="Público", slug="publico", live=False, draft_title="Cambio secreto")
    world.southern.add_child(instance=page)

    assert page.get_admin_display_title() == "Cambio secreto"
    with set_current_visitor(lambda: world.south_editor):
        assert not hides_draft(page)
    with set_current_visitor(lambda: world.state_editor):
        assert not hides_draft(page)
    with set_current_visitor(lambda: world.north_editor):
        assert page.get_admin_display_title() == "Público"


def tagged(title, collection, tag):
    image = PortalImage(title=title, file=upload(f"{title}.png", picture()), collection=collection)
    image.save()
    image.tags.add(tag)
    return image


def test_only_tags_in_scope_are_suggested(editor, world):
    tagged("a", world.north.collection, "obra propia")
    tagged("b", world.south.collection, "obra secreta")
    tagged("c", get_shared_collection(), "obra de todos")

    proposed = editor.get(reverse("wagtailadmin_tag_autocomplete"), {"term": "obra"}).json()
    by_model = editor.get(
        reverse("wagtailadmin_tag_model_autocomplete", args=["taggit", "tag"]), {"term": "obra"}
    ).json()

    assert proposed == by_model == ["obra de todos", "obra propia"]
    assert {tag.name for tag in find_popular_tags(PortalImage, world.north_editor)} == set(proposed)
    assert len(find_popular_tags(PortalImage, world.state_editor)) == 3


def test_admin_home_counts_own_pages(editor, world):
    second = world.home.add_child(instance=StandardPage(title="También", slug="tambien", live=False))
    assign_root(world.north, second)  # the common parent is above the pages of the other space too

    item = editor.get(reverse("wagtailadmin_home")).context["site_summary"].summary_items[0]

    assert item.get_context_data({})["total_pages"] == scope(Page.objects.all(), world.north_editor).count()


def linking(parent, title, target):
    """Add a draft that links to a page."""
    link = f'<a linktype="page" id="{target.pk}">clic</a>'
    body = json.dumps([{"type": "paragraph", "id": "a", "value": link}])
    page = parent.add_child(instance=StandardPage(title=title, slug=title.lower(), live=False, body=body))
    ReferenceIndex.create_or_update_for_object(page)


def test_usage_of_a_page_names_and_counts_what_refers_to_it_in_ones_own_space(editor, world):
    page = world.northern.add_child(instance=StandardPage(title="Destino", slug="destino", live=False))
    linking(world.northern, "Propia", page)
    linking(world.southern, "Ajena", page)

    usage = editor.get(reverse("wagtailadmin_pages:usage", args=[page.pk]))
    deleting = editor.get(reverse("wagtailadmin_pages:delete", args=[page.pk]))

    assert "Propia" in usage.content.decode()
    assert len(usage.context["object_list"]) == 1  # Wagtail would list the other as a private page
    assert deleting.context["usage_count"] == 1


def filters_of(kind, user, rows):
    """Return the fields of the filters that a list of ``rows`` offers to ``user``."""
    request = RequestFactory().get("/admin/")
    request.user = user
    return kind({}, queryset=rows, request=request).form.fields


@pytest.fixture
def worked_on(world):
    """Let an editor of each space own, edit, lock and send a page of theirs."""
    for page, editor in ((world.northern, world.north_editor), (world.southern, world.south_editor)):
        log(instance=page, action="wagtail.edit", user=editor)
        page.save_revision(user=editor)
        page.get_workflow().start(page, editor)
        Page.objects.filter(pk=page.pk).update(owner=editor, locked=True, locked_by=editor)


@pytest.mark.usefixtures("worked_on")
@pytest.mark.parametrize(
    ("kind", "model", "names"),
    [
        (filters.ScopedGenericPageFilterSet, Page, ["owner", "edited_by"]),
        (filters.ScopedLockedPagesFilterSet, Page, ["locked_by"]),
        (filters.ScopedWorkflowFilterSet, WorkflowState, ["requested_by"]),
        (filters.ScopedSiteHistoryFilterSet, PageLogEntry, ["user"]),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_filters_offer_the_people_of_ones_own_rows(world, kind, model, names):
    found = filters_of(kind, world.north_editor, model.objects.all())

    for name in names:
        assert list(found[name].queryset) == [world.north_editor], name


@pytest.mark.usefixtures("worked_on")
def test_filters_offer_ones_own_workflows_tasks_and_sites(world):
    reviews = filters_of(filters.ScopedWorkflowFilterSet, world.north_editor, WorkflowState.objects.all())
    steps = filters_of(filters.ScopedWorkflowTasksFilterSet, world.north_editor, TaskState.objects.all())
    pages = filters_of(filters.ScopedGenericPageFilterSet, world.north_editor, Page.objects.all())

    assert list(reviews["workflow"].queryset) == list(steps["workflow"].queryset) == [world.north.workflow]
    assert [task.name for task in steps["task"].queryset] == ["Revisión: Norte"]
    assert list(pages["site"].queryset) == []


def test_filter_of_the_history_offers_the_kinds_of_ones_own_entries(world):
    log(instance=world.northern, action="wagtail.edit", user=world.north_editor)
    theirs = world.southern.add_child(instance=StandardPage(title="Secreto", slug="secreto", live=False))
    log(instance=theirs, action="wagtail.lock", user=world.south_editor)

    found = filters_of(filters.ScopedSiteHistoryFilterSet, world.north_editor, PageLogEntry.objects.all())

    assert {kind.model for kind in found["object_type"].queryset} == {"page"}
    assert {action for action, _label in found["action"].choices} == {"wagtail.create", "wagtail.edit"}


def test_row_set_of_unknown_model_is_empty(world, monkeypatch):
    assert rows.PAGES.includes([world.northern.pk], world.north_editor)
    assert not rows.SITES.includes(["1"], world.north_editor)
    monkeypatch.setitem(
        policies.COMMON_IDS, "page_id", rows.RowSet(lambda: Page, lambda pages, user: pages.filter(Q()))
    )
    assert is_allowed(world.north_editor, page_id=world.southern.pk)


def test_policy_checks_cost_three_queries(world, django_assert_max_num_queries):
    person = type(world.north_editor).objects.get(pk=world.north_editor.pk)
    with django_assert_max_num_queries(3):
        assert is_allowed(person, page_id=world.northern.pk)
