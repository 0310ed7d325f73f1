"""The desk: the state of each part, the steps of a form, and the coverage of a month as evidence."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from abierto.approval.errors import NotAllowed
from abierto.ruling_desk.coverage import offer_evidence, read_coverage
from abierto.ruling_desk.models import MonthlyCount
from abierto.tenancy.provisioning import assign_root
from pages.rulings.steps import list_steps, mark_next
from pages.updates.models import ProgressUpdatePage
from tests.abierto.approval.newsroom import newsroom, submit
from tests.abierto.ruling_desk.court import Court, open_court
from tests.factories import (
    CommitmentActionFactory,
    CommitmentPageFactory,
    CommitmentPartyFactory,
    published,
)
from tests.ruling_factories import (
    InfographicPageFactory,
    PlainVersionPageFactory,
    PublicVersionPageFactory,
    RulingPageFactory,
)
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = datetime.date(2024, 2, 14)
MONTH = DAY.replace(day=1)


@built_once
def build_courts() -> tuple[Court, Court]:
    home = newsroom().home
    return open_court(home), open_court(home, "Otro tribunal", "otro")


@pytest.fixture
def courts():
    return build_courts()


@pytest.fixture
def court(courts):
    return courts[0]


def make_ruling(court, number=1, **fields):
    page = RulingPageFactory(parent=court.index, case_number=f"{number}/2024", decided_on=DAY, **fields)
    page.save_revision(user=court.clerk)
    return page


def add_public_version(court, ruling):
    part = PublicVersionPageFactory(
        parent=ruling, anonymized_by=court.clerk, names_reviewed_by=court.reviewer, owner=court.clerk
    )
    part.save_revision(user=court.clerk)
    return part


def read_desk(client, user, **query):
    client.force_login(user)
    response = client.get(reverse("ruling_desk:desk"), query)
    assert response.status_code == 200
    return response


def test_desk_says_which_part_lacks_since_when_and_who_reviews(client, court):
    ruling = make_ruling(court, title="La multa")
    submit(add_public_version(court, ruling), court.clerk)

    html = read_desk(client, court.clerk).content.decode()

    today = timezone.localdate()
    assert "Falta desde el 14 de febrero de 2024" in html
    assert f"En revisión desde el {today.day} de" in html
    assert f"le toca a {court.reviewer.public_name}" in html
    assert reverse("wagtailadmin_pages:add", args=["pages", "plainversionpage", ruling.pk]) in html


def test_desk_is_closed_to_another_tribunal(client, courts):
    court, other = courts
    make_ruling(court, title="Sentencia reservada")

    for user in (other.clerk, other.reviewer):
        assert "Sentencia reservada" not in read_desk(client, user).content.decode()


@pytest.mark.both_databases
def test_desk_is_filtered_by_tribunal_month_and_missing_part(client, court):
    first = published(make_ruling(court, 1, title="Primera"))
    published(PlainVersionPageFactory(parent=first))
    make_ruling(court, 2, title="Segunda")

    def titles(**query):
        return [page.title for page in read_desk(client, court.clerk, **query).context["object_list"]]

    assert titles(missing="lenguaje-claro") == ["Segunda"]
    assert titles(tribunal=court.index.pk) == ["Primera", "Segunda"]
    assert titles(month="2024-02") == ["Primera", "Segunda"]
    assert titles(month="2024-02", missing="version-publica") == ["Primera", "Segunda"]


def test_desk_takes_the_same_number_of_queries_for_many_rulings(client, court, django_assert_max_num_queries):
    def count_queries():
        with django_assert_max_num_queries(80) as captured:
            read_desk(client, court.clerk)
        return len(captured)

    submit(add_public_version(court, make_ruling(court, 1)), court.clerk)
    read_desk(client, court.clerk)
    few = count_queries()
    for number in range(2, 8):
        submit(add_public_version(court, make_ruling(court, number)), court.clerk)

    assert count_queries() == few


# --- The form in order ---------------------------------------------------------------------------------


def next_step(ruling):
    return next((step.title for step in mark_next(list_steps(ruling)) if step.is_next), "")


def test_steps_lead_through_the_parts_in_order(court):
    ruling = published(make_ruling(court))
    found = [next_step(ruling)]
    part = add_public_version(court, ruling)
    part.names_reviewed_by = None
    part.save_revision(user=court.clerk)
    found.append(next_step(ruling))
    part.names_reviewed_by = court.reviewer
    part.save_revision(user=court.clerk)
    submit(part, court.clerk)
    found.append(next_step(ruling))
    published(PlainVersionPageFactory(parent=ruling))
    found.append(next_step(ruling))
    published(InfographicPageFactory(parent=ruling))
    found.append(next_step(ruling))

    assert found == ["Versión pública", "Versión pública", "En lenguaje claro", "Infografía", ""]


def test_form_of_a_ruling_and_of_its_part_show_the_steps(client, court):
    ruling = make_ruling(court)
    client.force_login(court.clerk)
    add = client.get(reverse("wagtailadmin_pages:add", args=["pages", "rulingpage", court.index.pk]))
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[ruling.pk]))
    part = client.get(reverse("wagtailadmin_pages:add", args=["pages", "publicversionpage", ruling.pk]))

    assert "Guarda primero la ficha" in add.content.decode()
    assert 'aria-current="step"' in edit.content.decode()
    assert "Falta decir quién" in part.content.decode()


# --- Coverage ------------------------------------------------------------------------------------------


def declare(court, decided=4, month=MONTH):
    return MonthlyCount.objects.create(
        space=court.space, index=court.index, month=month, decided=decided, source="Informe mensual",
        declared_by=court.clerk,
    )  # fmt: skip


@pytest.mark.both_databases
def test_coverage_counts_public_parts_of_the_month(court):
    for number in (1, 2, 3):
        ruling = published(make_ruling(court, number))
        published(add_public_version(court, ruling))
    published(PlainVersionPageFactory(parent=ruling))
    make_ruling(court, 4)  # a draft
    other = RulingPageFactory(parent=court.index, case_number="9/2024", decided_on=datetime.date(2024, 3, 1))
    published(add_public_version(court, published(other)))

    coverage = read_coverage([declare(court)])[0]

    assert coverage.published == 3
    assert "se dictaron 4 resoluciones, según «Informe mensual»" in coverage.sentence
    assert (
        "3 (75\u00a0%) en versión pública, 1 (25\u00a0%) en lenguaje claro y 0 (0\u00a0%)"
        in coverage.sentence
    )


def test_more_published_than_declared_is_inconsistent(court):
    published(add_public_version(court, published(make_ruling(court))))

    assert read_coverage([declare(court, 0)])[0].is_inconsistent


@pytest.fixture
def commitment(court):
    page = CommitmentPageFactory(code="3.2")
    CommitmentPartyFactory(page=page, institution=court.index.tribunal)
    CommitmentActionFactory(page=page, number=1, title="Publicar todas las sentencias")
    published(page)
    assign_root(court.space, page)
    return page


def offer(client, court, count, commitment):
    client.force_login(court.clerk)
    action = commitment.actions.get()
    return client.post(
        reverse("ruling_desk:evidence", args=[count.pk]),
        {"action": f"{commitment.pk}:{action.translation_key}"},
    )


def test_coverage_becomes_evidence_in_a_draft_and_nothing_is_public(client, court, commitment):
    count = declare(court)

    response = offer(client, court, count, commitment)

    update = ProgressUpdatePage.objects.get()
    draft = update.get_latest_revision_as_object()
    (evidence,) = draft.rows.all()[0].evidence
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[update.pk])
    assert (update.live, update.current_workflow_state) == (False, None)
    assert "según «Informe mensual»" in evidence.value["description"]
    assert court.index.slug in evidence.value["url"]
    assert draft.period_start <= MONTH <= draft.period_end


def test_second_evidence_goes_into_the_same_draft(client, court, commitment):
    offer(client, court, declare(court), commitment)
    coverage = read_coverage(MonthlyCount.objects.all().select_related("index"))[0]

    offer_evidence(coverage, commitment, commitment.actions.get().translation_key, court.clerk)

    draft = ProgressUpdatePage.objects.get().get_latest_revision_as_object()
    assert len(draft.rows.all()[0].evidence) == 2


def test_evidence_for_an_update_that_was_sent_is_refused(client, court, commitment):
    offer(client, court, declare(court), commitment)
    update = ProgressUpdatePage.objects.get()
    coverage = read_coverage(MonthlyCount.objects.all().select_related("index"))[0]
    submit(update, court.clerk)

    with pytest.raises(NotAllowed, match="ya se envió"):
        offer_evidence(coverage, commitment, commitment.actions.get().translation_key, court.clerk)


def test_counts_of_another_tribunal_are_closed(client, courts, commitment):
    court, other = courts
    count = declare(court)
    client.force_login(other.clerk)

    assert "Informe mensual" not in client.get(reverse("ruling_desk:counts")).content.decode()
    for name in ("edit_count", "evidence"):
        assert client.get(reverse(f"ruling_desk:{name}", args=[count.pk])).status_code == 404
    assert offer(client, other, count, commitment).status_code == 404
    assert not ProgressUpdatePage.objects.exists()


def test_month_is_declared_once_and_not_before_it_comes(client, court):
    client.force_login(court.clerk)
    values = {"index": court.index.pk, "month": "14/02/2024", "decided": "12", "source": "Informe"}
    client.post(reverse("ruling_desk:add_count"), values)

    again = client.post(reverse("ruling_desk:add_count"), {**values, "month": "20/02/2024"})
    late = client.post(reverse("ruling_desk:add_count"), {**values, "month": "01/01/2999"})

    assert MonthlyCount.objects.get().month == MONTH
    assert "Ese mes ya tiene su cuenta" in again.content.decode()
    assert "todavía no llega" in late.content.decode()
