"""The output of `manage.py search …`, which other programs read."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from search.indexing import rebuild
from search.models import OutboxEntry
from tests.factories import AxisPageFactory, CommitmentPageFactory, StandardPageFactory, published
from tests.shared_rows import built_once

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def run(*arguments):
    out = io.StringIO()
    call_command("search", *arguments, stdout=out)
    return out.getvalue()


@built_once
def publish_commitment():
    page = published(
        CommitmentPageFactory(
            parent=AxisPageFactory(code="1"), code="1.5", title="Vigilar las ladrilleras", problem="El humo."
        )
    )
    published(StandardPageFactory(title="Humo y aire"))
    return page


@pytest.fixture
def commitment(engine):
    return publish_commitment()


def test_rebuild_then_check_then_query(commitment):
    assert json.loads(run("rebuild", "--json"))["documents"] >= 2
    assert json.loads(run("check", "--json")) == {
        "missing": [], "extra": [], "stale": [], "waiting": 0, "dead": 0,
    }  # fmt: skip
    answer = json.loads(run("query", "ladrilleras", "--json"))
    assert answer["total"] == 1
    (hit,) = answer["hits"]
    assert set(hit) == {"title", "code", "kind", "url", "snippet", "score"}
    assert (hit["title"], hit["code"], hit["kind"]) == ("Vigilar las ladrilleras", "1.5", "commitment")
    assert hit["url"] == commitment.get_url()
    assert answer["facets"]["kind"] == {"commitment": 1}
    assert answer["suggestion"] == ""


def test_query_filters_by_kind_in_either_language(commitment):
    run("rebuild")
    for kind in ("commitment", "compromiso"):
        assert [
            hit["code"] for hit in json.loads(run("query", "humo", "--kind", kind, "--json"))["hits"]
        ] == ["1.5"]
    with pytest.raises(CommandError, match="Los tipos son"):
        run("query", "humo", "--kind", "otro")


def test_query_takes_a_language_or_lists_them(commitment):
    run("rebuild")
    assert json.loads(run("query", "humo", "--locale", "es", "--json"))["total"] == 2
    with pytest.raises(CommandError, match="es-mx"):
        run("query", "humo", "--locale", "xx")


def test_query_reads_one_query_per_line(commitment, monkeypatch):
    run("rebuild")
    monkeypatch.setattr("sys.stdin", io.StringIO("ladrilleras\nxilófono\n\x00 humo\n\n"))
    lines = run("query", "-", "--json").splitlines()
    assert [json.loads(line)["total"] for line in lines][:3] == [1, 0, 2]
    assert len(lines) == 4


def test_query_suggests_the_intended_word(commitment):
    run("rebuild")
    assert json.loads(run("query", "ladrileras", "--json"))["suggestion"] == "ladrilleras"


def test_check_fails_on_drift_and_sync_repairs_it(commitment):
    run("rebuild")
    Page.objects.filter(pk=commitment.pk).update(title="Vigilar los hornos")
    with pytest.raises(SystemExit) as exit_info:
        run("check", "--deep")
    assert exit_info.value.code == 1
    assert json.loads(run("sync", "--deep", "--json"))["failed"] == 0
    assert "dicen lo mismo" in run("check", "--deep")
    assert json.loads(run("query", "hornos", "--json"))["total"] == 1
    assert OutboxEntry.objects.count() == 0


@pytest.mark.parametrize("arguments", [("query", "humo"), ("check",), ("sync",)])
def test_without_an_index_the_error_names_the_command(settings, tmp_path, arguments):
    settings.ABIERTO_INDEX_DIR = tmp_path / "otro"
    OutboxEntry.objects.create(page_id=1)
    with pytest.raises(CommandError, match="search rebuild"):
        run(*arguments)


def test_a_busy_writer_is_reported(engine, monkeypatch):
    monkeypatch.setattr(rebuild, "PATIENCE_SECONDS", 0)
    OutboxEntry.objects.create(page_id=1)
    for action in ("rebuild", "sync"):
        with engine.batch(), pytest.raises(CommandError, match="Otro proceso"):
            run(action)


def test_evaluate_needs_both_files_and_leaves_the_live_index_unchanged(commitment, tmp_path):
    run("rebuild")
    with pytest.raises(CommandError, match="hacen falta"):
        run("evaluate", str(tmp_path))
    passage = {"id": "a", "title": "Aire", "text": "El humo ensucia."}
    (tmp_path / "passages.jsonl").write_text(json.dumps(passage))
    (tmp_path / "queries.jsonl").write_text(
        "\n".join(json.dumps({"id": n, "q": "humo", "rel": {"a": 1}}) for n in range(3))
    )
    scores = json.loads(run("evaluate", str(tmp_path), "--json"))
    assert scores["ndcg@10"] == scores["mrr@10"] == scores["recall@10"] == scores["recall@100"] == 1.0
    assert {"p50_ms", "p95_ms"} < set(scores)
    assert json.loads(run("query", "ladrilleras", "--json"))["total"] == 1
