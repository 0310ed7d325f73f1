"""The fingerprints of described pages: the index is compared with them, and with the public versions."""

import pytest
from wagtail.models import Page

from search.indexing import reconcile
from search.models import Fingerprint, OutboxEntry
from tests.factories import CommitmentPageFactory, StandardPageFactory, published, republished

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.slow]


def test_compare_reads_fingerprints_and_describes_no_page(engine, committed, monkeypatch):
    with committed():
        stale, extra = (
            published(StandardPageFactory(title="Vieja")),
            published(StandardPageFactory(title="De más")),
        )
    missing = published(StandardPageFactory(title="Falta"))
    republished(stale, title="Nueva")
    extra.unpublish()
    OutboxEntry.objects.all().delete()
    monkeypatch.setattr(reconcile, "iter_group_documents", None)
    drift = reconcile.compare(engine)
    assert (drift.missing, drift.extra, drift.stale) == ((missing.pk,), (extra.pk,), (stale.pk,))


def test_a_withdrawn_page_has_no_fingerprint(engine, committed):
    with committed():
        page = published(StandardPageFactory(title="Obra"))
    assert Fingerprint.objects.filter(group=page.pk).exists()
    with committed():
        page.unpublish()
    assert not Fingerprint.objects.filter(group=page.pk).exists()


def test_the_pages_of_a_plan_are_described_again_on_another_day(engine, committed):
    with committed():
        commitment = published(CommitmentPageFactory(title="Ladrilleras limpias", code="1.5"))
    Fingerprint.objects.update(described_at="2020-01-01T00:00Z")
    Page.objects.filter(pk=commitment.pk).update(title="Hornos")
    assert not reconcile.compare(engine)
    before = engine.groups()[commitment.pk]
    reconcile.sync(engine)
    assert engine.groups()[commitment.pk] != before
    assert not reconcile.compare(engine, deep=True)
