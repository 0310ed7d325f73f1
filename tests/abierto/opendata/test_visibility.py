"""The API shows what is live and public; for withdrawn content, only the reason."""

from __future__ import annotations

import uuid

import pytest
from wagtail.models import Page, PageViewRestriction

from abierto.opendata.registry import RESOURCES
from pages.plans.models import PlanPage
from tests.abierto.opendata.world import publish_all
from tests.factories import CommitmentPageFactory, InstitutionFactory, PlanPageFactory
from tests.withdrawing import withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SECRET = "zqsecreto"
#: What hangs from a plan.
BELOW = ("planes", "ejes", "compromisos", "acciones", "avances", "informes")


@pytest.fixture
def ids():
    return publish_all()


def record_url(slug: str, key: object) -> str:
    return f"/api/v1/{slug}/{key}/"


def read_everything(client, ids) -> str:
    """Return every list and record in every format as one text."""
    texts = []
    for slug in RESOURCES:
        for address in (f"/api/v1/{slug}/", record_url(slug, ids[slug])):
            for chosen in ("json", "csv", "jsonld"):
                texts.append(client.get(address, {"formato": chosen}).content.decode())
    return "\n".join(texts)


def test_no_draft_of_a_public_page_shows(client, ids):
    """A draft of every page, and a page that never was public below each."""
    before = read_everything(client, ids)
    for page in Page.objects.filter(depth__gt=1).specific():
        for name in ("title", "summary", "objective", "decision", "place", "question", "narrative", "intro"):
            if hasattr(page, name):
                setattr(page, name, SECRET)
        page.save_revision()
    plan = PlanPage.objects.get(translation_key=ids["planes"])
    hidden = InstitutionFactory(name=f"Instituto {SECRET}", live=False)
    CommitmentPageFactory(parent=plan.get_children().first(), title=SECRET, responsible=hidden)
    PlanPageFactory(title=SECRET)

    after = read_everything(client, ids)

    assert SECRET not in after
    assert after == before


def test_a_draft_answers_like_a_page_that_does_not_exist(client):
    draft = PlanPageFactory()
    institution = InstitutionFactory(live=False)

    for slug, key, missing in (
        ("planes", draft.translation_key, uuid.UUID(int=1)),
        ("instituciones", institution.pk, 10**30),
        ("instituciones", institution.pk, "x"),
        ("compromisos", draft.translation_key, "no-es-uuid"),
    ):
        hidden, nothing = client.get(record_url(slug, key)), client.get(record_url(slug, missing))
        assert (hidden.status_code, hidden.content) == (404, nothing.content)
        assert nothing.status_code == 404


def test_what_is_below_a_password_is_no_record(client, ids):
    plan = PlanPage.objects.get(translation_key=ids["planes"])
    PageViewRestriction.objects.create(page=plan, restriction_type="password", password="x")

    for slug in BELOW:
        assert client.get(record_url(slug, ids[slug])).status_code == 404, slug
        assert client.get(f"/api/v1/{slug}/").json()["data"] == []


def test_a_withdrawn_record_is_gone_with_its_reason(client, ids):
    update = RESOURCES["avances"].read_public().get()

    withdraw(update, "La cifra era de otra acción.")

    gone = client.get(record_url("avances", ids["avances"]))
    assert gone.status_code == 410
    assert gone.json()["reason"] == "La cifra era de otra acción."
    assert client.get("/api/v1/avances/").json()["data"] == []
    assert client.get(record_url("compromisos", ids["compromisos"])).json()["progress"] in (None, 0)


def test_what_hangs_from_a_withdrawn_page_is_gone_unless_it_never_was_public(client, ids):
    plan = PlanPage.objects.get(translation_key=ids["planes"])
    axis = plan.get_children().first().specific
    draft = CommitmentPageFactory(parent=axis)

    withdraw(plan, "Se publicó por error.")

    for slug in BELOW:
        gone = client.get(record_url(slug, ids[slug]))
        assert (gone.status_code, gone.json().get("reason")) == (410, "Se publicó por error."), slug
    assert client.get(record_url("compromisos", draft.translation_key)).status_code == 404


def test_a_withdrawn_page_changes_the_record_above_it(client, ids):
    before = client.get(record_url("compromisos", ids["compromisos"])).json()

    withdraw(RESOURCES["avances"].read_public().get(), "Era de otra acción.")

    after = client.get(record_url("compromisos", ids["compromisos"])).json()
    assert after["modified"] > before["modified"] or after["hash"] != before["hash"]
    changed = client.get("/api/v1/compromisos/", {"modified_since": after["modified"]}).json()["data"]
    assert [record["id"] for record in changed] == [ids["compromisos"]]
