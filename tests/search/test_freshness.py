"""A page is found exactly while it is public."""

from contextlib import suppress

import pytest
from django.db import transaction
from wagtail.models import Locale, Page, PageViewRestriction

from abierto.approval.ledger.imports import imported
from search.engines.base import EngineBusy, IndexBroken
from search.indexing import outbox, rebuild, reconcile
from search.indexing.institutions import institution_group
from search.indexing.words import find_words
from search.models import Operation, OutboxEntry
from search.query.request import SearchRequest
from search.query.service import run_search
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    CommitmentPartyFactory,
    DeclarationPageFactory,
    HomePage,
    InstitutionFactory,
    PersonFactory,
    ProgressUpdatePageFactory,
    SeatFactory,
    SecretariatPageFactory,
    SessionPageFactory,
    SignatoryFactory,
    StandardPageFactory,
    published,
    republished,
)
from tests.participation_factories import AgreementFactory
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.slow]


def search_groups(text, **values):
    results, _pages = run_search(SearchRequest(text=text, locale="es-mx", **values))
    return [hit.group for hit in results.hits]


def indexed(engine):
    return set(engine.groups())


@built_once
def publish_tree():
    """Publish a plan with an axis, a commitment and an update, not indexed yet."""
    commitment = published(CommitmentPageFactory(title="Ladrilleras limpias", code="1.5", actions=1))
    update = published(ProgressUpdatePageFactory(parent=commitment, title="Avance del humo", rows={1: 30}))
    return {
        "plan": commitment.get_parent().get_parent().specific,
        "axis": commitment.get_parent().specific,
        "commitment": commitment,
        "update": update,
    }


@pytest.fixture
def tree(engine):
    """Return a plan with an axis, a commitment and an update, public and indexed."""
    pages = publish_tree()
    outbox.drain(engine)
    return pages


def test_a_published_page_is_found_at_the_next_query(engine, committed):
    with committed():
        page = published(StandardPageFactory(title="Qué es el gobierno abierto"))
    assert search_groups("gobierno abierto") == [page.pk]
    assert OutboxEntry.objects.count() == 0


def test_a_page_created_live_in_another_language_is_found_there(engine, committed):
    other = Locale.objects.get_or_create(language_code="en")[0]
    with committed():
        page = published(StandardPageFactory(title="Gobierno abierto"))
    with committed(), imported("Prueba de un alias"):
        alias = page.copy_for_translation(other, copy_parents=True, alias=True)
    assert search_groups("gobierno abierto") == [page.pk]
    results, _pages = run_search(SearchRequest(text="gobierno abierto", locale="en"))
    assert [hit.group for hit in results.hits] == [alias.pk]


def test_a_report_reaches_the_entry_of_the_commitment_in_every_language(engine, committed, tree):
    other = Locale.objects.get_or_create(language_code="en")[0]
    with committed(), imported("Prueba de una traducción"):
        tree["commitment"].copy_for_translation(other, copy_parents=True, alias=True)
    row = tree["update"].rows.get()
    row.percent = 100
    with committed():
        tree["update"].rows = [row]
        republished(tree["update"])
    assert reconcile.compare(engine, deep=True).stale == ()
    with committed():
        tree["update"].delete()
    assert reconcile.compare(engine, deep=True).stale == ()


def test_a_draft_is_not_found(engine, committed):
    with committed():
        StandardPageFactory(title="Borrador de trabajo").save_revision()
    assert search_groups("borrador") == []


def test_nothing_is_indexed_before_the_commit(engine, committed):
    with committed():
        page = published(StandardPageFactory(title="Qué es el gobierno abierto"))
        assert indexed(engine) == set()
        assert page.pk in OutboxEntry.objects.values_list("page_id", flat=True)


def test_a_failed_transaction_leaves_no_trace(engine, committed):
    page = StandardPageFactory(title="Qué es el gobierno abierto")
    with committed(), suppress(RuntimeError), transaction.atomic():
        published(page)
        raise RuntimeError
    assert OutboxEntry.objects.count() == 0
    assert search_groups("gobierno") == []


def test_changed_words_replace_the_old_ones(engine, committed, tree):
    page = tree["commitment"]
    page.title = "Hornos limpios"
    with committed():
        published(page)
    assert search_groups("ladrilleras") == []
    assert page.pk in search_groups("hornos")


def test_a_new_title_reaches_the_breadcrumbs_below(engine, committed, tree):
    axis = tree["axis"]
    axis.title = "Medio ambiente sano"
    with committed():
        published(axis)
    assert set(search_groups("ambiente sano")) == {axis.pk, tree["commitment"].pk, tree["update"].pk}


@pytest.mark.parametrize("level", ["commitment", "axis", "plan"])
def test_an_unpublished_page_hides_its_descendants_until_it_is_public_again(engine, committed, tree, level):
    with committed():
        tree[level].unpublish()
    assert search_groups("ladrilleras") == []
    assert tree["update"].pk not in indexed(engine)
    with committed():
        published(tree[level])
    assert tree["commitment"].pk in search_groups("ladrilleras")
    assert tree["update"].pk in indexed(engine)


def test_the_home_page_can_be_unpublished_and_published_again(engine, committed, tree):
    with committed():
        HomePage.objects.get().unpublish()
    assert indexed(engine) == set()
    with committed():
        published(HomePage.objects.get())
    assert tree["commitment"].pk in search_groups("ladrilleras")


def test_publishing_the_home_page_again_enqueues_only_itself(engine, tree):
    published(HomePage.objects.get())
    assert list(OutboxEntry.objects.values_list("operation", flat=True)) == [Operation.PAGE]


@pytest.mark.parametrize("level", ["commitment", "axis"])
def test_a_deleted_page_is_removed_with_its_descendants(engine, committed, tree, level):
    with committed():
        tree[level].delete()
    assert search_groups("ladrilleras") == []
    assert indexed(engine) & {tree["commitment"].pk, tree["update"].pk} == set()


@pytest.mark.parametrize("level", ["commitment", "axis"])
def test_a_restricted_branch_is_hidden_until_the_restriction_ends(engine, committed, tree, level):
    with committed():
        restriction = PageViewRestriction.objects.create(
            page=tree[level], restriction_type=PageViewRestriction.LOGIN
        )
    assert indexed(engine) & {tree["commitment"].pk, tree["update"].pk} == set()
    with committed(), imported("Prueba de apertura"):
        restriction.delete()
    assert tree["commitment"].pk in search_groups("ladrilleras")


def test_an_alias_is_hidden_with_the_ancestors_of_its_source(engine, committed, tree):
    with committed():
        other = published(StandardPageFactory(title="Otro lado"))
    with committed(), imported("Prueba de un alias"):
        alias = tree["update"].create_alias(parent=other)
    assert alias.pk in indexed(engine)
    with committed():
        PageViewRestriction.objects.create(page=tree["axis"], restriction_type=PageViewRestriction.LOGIN)
    assert indexed(engine) & {tree["update"].pk, alias.pk} == set()


def test_a_restriction_that_moves_to_another_page_opens_the_first(engine, committed, tree):
    with committed():
        other = published(StandardPageFactory(title="Otro lado"))
        restriction = PageViewRestriction.objects.create(
            page=tree["commitment"], restriction_type=PageViewRestriction.LOGIN
        )
    with committed(), imported("Prueba de cambio"):
        restriction.page = Page.objects.get(pk=other.pk)
        restriction.save()
    assert tree["update"].pk in indexed(engine)
    assert other.pk not in indexed(engine)


def test_live_pages_below_a_draft_are_found_once_it_is_public(engine, committed):
    draft = StandardPageFactory(title="Arriba")
    below = StandardPageFactory(title="Abajo", parent=draft)
    with committed(), imported("Prueba debajo de un borrador"):
        published(draft.get_parent().specific)
        below.save_revision().publish()
    assert search_groups("abajo") == []
    with committed():
        published(draft)
    assert search_groups("abajo") == [below.pk]


def test_a_moved_branch_is_found_at_its_new_address(engine, committed, tree):
    with committed():
        other = published(AxisPageFactory(parent=tree["plan"], code="9", title="Aire"))
    with committed(), imported("Prueba de mudanza"):
        tree["commitment"].move(other, pos="last-child")
    axis = f"{tree['plan'].slug}.9"
    assert tree["commitment"].pk in search_groups("ladrilleras", filters={"axis": (axis,)})
    assert tree["update"].pk in search_groups("humo", filters={"axis": (axis,)})


def test_a_renamed_plan_is_filtered_by_its_new_name(engine, committed, tree):
    plan = tree["plan"]
    plan.slug = "plan-nuevo"
    with committed():
        published(plan)
    assert tree["commitment"].pk in search_groups("ladrilleras", filters={"plan": ("plan-nuevo",)})


def test_a_new_name_in_the_registry_reaches_every_page_that_shows_it(engine, committed):
    institution, person = InstitutionFactory(name="Casa del Humo"), PersonFactory(name="Rosa Etxeberria")
    with committed():
        page = CommitmentPageFactory(title="Cumplir")
        CommitmentPartyFactory(page=page, institution=institution, person=person)
        declaration = DeclarationPageFactory(title="Firmar")
        SignatoryFactory(page=declaration, institution=institution, person=person)
        session = SessionPageFactory(title="Acordar")
        AgreementFactory(page=session, responsible=institution)
        seat = SeatFactory(institution=institution, person=person)
        secretariat = SecretariatPageFactory(secretariat=seat.secretariat, title="Sentarse")
        pages = [published(draft).pk for draft in (page, declaration, session, secretariat)]
    own = institution_group(institution.pk)
    assert set(search_groups("casa del humo")) == {*pages, own}
    with committed():
        republished(institution, name="Instituto del Vapor")
        republished(person, name="Luz Nueva")
    assert set(search_groups("instituto del vapor")) == {*pages, own}
    assert search_groups('"humo"') == search_groups("etxeberria") == []
    assert search_groups("cumplir", filters={"institution": ("Instituto del Vapor",)}) == [page.pk]
    assert find_words("etxeb", "es-mx", 8) == []


def test_a_deleted_seat_is_not_found_in_its_secretariat(engine, committed):
    seat = SeatFactory(person=PersonFactory(name="Rosa Etxeberria"))
    with committed():
        page = published(SecretariatPageFactory(secretariat=seat.secretariat))
    assert search_groups("etxeberria") == [page.pk]
    with committed():
        seat.delete()
    assert search_groups("etxeberria") == []


def test_a_stale_index_never_shows_what_is_not_public(engine, committed, tree):
    Page.objects.filter(pk=tree["axis"].pk).update(live=False)
    assert tree["commitment"].pk in indexed(engine)
    assert search_groups("ladrilleras") == []


def test_a_row_waits_for_the_process_that_holds_the_writer(engine, committed):
    page = StandardPageFactory(title="Qué es el gobierno abierto")
    with engine.batch(), committed():
        published(page)
    assert OutboxEntry.objects.filter(page_id=page.pk).exists()
    assert outbox.drain().busy is False
    assert search_groups("gobierno") == [page.pk]
    assert OutboxEntry.objects.count() == 0


def test_only_the_rows_read_are_deleted(engine, monkeypatch):
    page = published(StandardPageFactory(title="Uno"))
    applied = outbox._apply

    def apply_and_write_another(batch, rows):
        faults = applied(batch, rows)
        if not OutboxEntry.objects.filter(page_id=999).exists():
            OutboxEntry.objects.create(page_id=999)
        return faults

    monkeypatch.setattr(outbox, "_apply", apply_and_write_another)
    assert outbox.drain(rounds=1).settled >= 1
    assert list(OutboxEntry.objects.values_list("page_id", flat=True)) == [999]
    assert page.pk in indexed(engine)


def test_without_an_index_publishing_works_and_rows_wait(settings, tmp_path, committed):
    settings.ABIERTO_INDEX_DIR = tmp_path / "nada"
    with committed():
        page = published(StandardPageFactory(title="Sin índice"))
    assert page.live
    assert OutboxEntry.objects.filter(page_id=page.pk, attempts=0).exists()


def test_a_page_whose_content_fails_is_postponed_and_then_given_up(engine, committed, monkeypatch):
    good, bad = published(StandardPageFactory(title="Buena")), published(StandardPageFactory(title="Mala"))
    OutboxEntry.objects.all().delete()
    real = outbox.iter_group_documents

    def describe(page_ids):
        if bad.pk in page_ids:
            raise ValueError("no se puede")
        return real(page_ids)

    monkeypatch.setattr(outbox, "iter_group_documents", describe)
    outbox.enqueue([bad.pk, good.pk])
    for _ in range(outbox.MAX_ATTEMPTS):
        OutboxEntry.objects.update(next_at="2020-01-01T00:00Z")
        outbox.drain()
    assert indexed(engine) == {good.pk}
    row = OutboxEntry.objects.get()
    assert (row.page_id, row.attempts) == (bad.pk, outbox.MAX_ATTEMPTS)
    assert "no se puede" in row.error
    assert outbox.drain().failed == 0
    assert reconcile.compare(engine).dead == 1


def test_waits_longer_after_each_failure(engine, monkeypatch):
    def fails(page_ids):
        raise ValueError("no")

    monkeypatch.setattr(outbox, "iter_group_documents", fails)
    outbox.enqueue([1])
    assert outbox.drain().failed == 1
    assert outbox.drain().failed == 0
    assert OutboxEntry.objects.get().attempts == 1


def test_an_engine_that_fails_costs_no_attempt(engine, monkeypatch):
    def broken():
        raise IndexBroken("disco lleno")

    monkeypatch.setattr(engine, "batch", broken)
    outbox.enqueue([1])
    assert "disco lleno" in outbox.drain(engine).error
    assert OutboxEntry.objects.get().attempts == 0


# --- Reconciling


def test_compare_lists_missing_extra_and_stale_pages(engine, committed):
    with committed():
        stale, extra = (
            published(StandardPageFactory(title="Vieja")),
            published(StandardPageFactory(title="De más")),
        )
    missing = published(StandardPageFactory(title="Falta"))
    OutboxEntry.objects.all().delete()
    Page.objects.filter(pk=stale.pk).update(title="Nueva")
    Page.objects.filter(pk=extra.pk).update(live=False)
    drift = reconcile.compare(engine, deep=True)
    assert (drift.missing, drift.extra, drift.stale) == ((missing.pk,), (extra.pk,), (stale.pk,))
    reconcile.sync(engine, deep=True)
    assert not reconcile.compare(engine, deep=True)
    assert not reconcile.compare(engine)


def test_a_rebuild_indexes_everything_and_deletes_the_dead_letters(engine, tree):
    OutboxEntry.objects.create(page_id=999, attempts=outbox.MAX_ATTEMPTS)
    engine.delete(indexed(engine))
    reconcile.rebuild(engine)
    assert {page.pk for page in tree.values()} <= indexed(engine)
    assert not reconcile.compare(engine)


def test_a_second_batch_raises_engine_busy(engine, monkeypatch):
    monkeypatch.setattr(rebuild, "PATIENCE_SECONDS", 0)
    with engine.batch(), pytest.raises(EngineBusy):
        reconcile.rebuild(engine)
