"""The tests that every engine must pass."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from pages.core.search import SearchKind
from search.engines.base import EngineBusy, SearchEngine
from search.indexing.institutions import institution_group
from search.indexing.schema import fingerprint
from search.query.glossary import Glossary, name_key
from search.query.plan import QueryPlan, Term
from search.query.request import Sort
from tests.search.corpus import ask, documents, found, world
from tests.search.date_range_behaviour import DateRangeBehaviour
from tests.search.filling_behaviour import FillingBehaviour
from tests.search.phrase_behaviour import PhraseBehaviour


class EngineBehaviour(DateRangeBehaviour, FillingBehaviour, PhraseBehaviour):
    """Inherit this and define `make_engine`, which returns an engine without an index."""

    def make_engine(self) -> SearchEngine:
        raise NotImplementedError

    @pytest.fixture
    def empty(self):
        return self.make_engine()

    @pytest.fixture
    def engine(self, empty):
        empty.rebuild(world())
        return empty

    # --- Groups

    def test_a_group_above_every_page_id_is_counted_filtered_and_deleted(self, engine):
        high = institution_group(7)
        engine.index(documents(high, "Instituto de Acceso", "IACIP.", kind=SearchKind.INSTITUTION))
        results = ask(engine, "iacip", filters={"kind": ["institution"]})
        assert [hit.group for hit in results.hits] == [high]
        assert (results.total, dict(results.facets["kind"])["institution"]) == (1, 1)
        assert high in engine.groups()
        engine.delete([high])
        assert high not in engine.groups()

    # --- Words

    @pytest.mark.parametrize(
        ("text", "pages"),
        [
            ("ladrilleras", {1}),
            ("LADRILLERA", {1}),
            ("sentencia", {2, 3, 4}),
            ("niñez", {5}),
            ("ninez", {5}),
            ("corrupcion", {7}),
            ("perspectiva genero", {3}),
            ("Medio ambiente", {1}),
            ("xilófono", set()),
            ("'\";--", set()),
        ],
    )
    def test_finds_by_stem_regardless_of_accents(self, engine, text, pages):
        assert set(found(engine, text)) == pages

    def test_ranks_the_page_with_more_query_words_first(self, engine):
        assert found(engine, "sentencias en lenguaje ciudadano")[0] == 2

    def test_matches_an_unknown_word_with_one_typo(self, engine):
        assert found(engine, "ladrileras") == [1]
        assert found(engine, "sentensias")[0] in {2, 3, 4}

    def test_suggests_the_spelling_of_the_documents(self, engine):
        assert ask(engine, "corupción").suggestion == "corrupción"
        assert ask(engine, "corrupcion").suggestion == ""

    def test_does_not_match_similar_words_for_a_known_word(self, engine):
        engine.index(documents(8, "Senda", "Una senda sin árboles."))
        assert found(engine, "senda") == [8]

    def test_a_query_of_only_stop_words_matches_exact_words(self, engine):
        assert 7 in found(engine, "por de la")

    def test_grams_reorder_but_never_add_hits(self, engine):
        plan = QueryPlan(terms=(Term("text", "air"),), rerank=(Term("ng", "sent", 5.0),))
        answer = engine.search(plan)
        assert {hit.group for hit in answer.hits} == {1, 4}
        assert answer.hits[0].group == 4

    def test_the_glossary_adds_legal_terms_with_less_weight(self, engine):
        glossary = Glossary.from_rows([("despido", "me corrieron\nme echaron")])
        assert found(engine, "me corrieron") == []
        answer = ask(engine, "me corrieron", glossary=glossary)
        assert [hit.group for hit in answer.hits] == [4]
        assert [expansion.label for expansion in answer.expansions] == ["despido"]
        assert ask(engine, "me corrieron", glossary=glossary, expand=False).total == 0

    def test_the_words_of_a_legal_term_match_as_a_phrase(self, engine):
        glossary = Glossary.from_rows([("calidad del aire", "contaminación"), ("medir la calidad", "polvo")])
        engine.index(documents(8, "Otra", "El aire es de todos. Después de comer hablamos de la calidad."))
        assert found(engine, "contaminación", glossary=glossary) == [1]
        assert found(engine, "polvo", glossary=glossary) == []
        engine.index(documents(9, "Norma", "Hay que medir siempre la calidad del agua."))
        assert found(engine, "polvo", glossary=glossary) == [9]

    def test_a_legal_term_does_not_match_through_the_breadcrumb(self, engine):
        glossary = Glossary.from_rows([("empleo", "chamba")])
        engine.index(documents(8, "Obra", "Un puente.", trail=("Plan de empleo",)))
        engine.index(documents(9, "Bolsa", "Buscar empleo."))
        answer = ask(engine, "chamba", glossary=glossary)
        assert ([hit.group for hit in answer.hits], answer.total) == ([9], 1)

    def test_at_most_three_expansions_are_shown_and_only_those_that_match(self, engine):
        rows = [(term, "chamba") for term in ("huelga", "aire", "hornos", "humo", "sentencias")]
        answer = ask(engine, "chamba", glossary=Glossary.from_rows(rows))
        assert [expansion.label for expansion in answer.expansions] == ["aire", "hornos", "humo"]

    # --- Kinds, and queries of several words

    def test_the_name_of_a_kind_prefers_its_pages(self, engine):
        assert found(engine, "informe sentencias")[0] == 4
        assert found(engine, "compromisos sentencias")[0] in {2, 3}
        assert set(found(engine, "compromisos")) == {1, 2, 3}

    def test_a_ruling_is_found_by_the_name_of_its_kind(self, engine):
        engine.index(documents(8, "TJA 12 de 2023", "Una multa de tránsito.", kind=SearchKind.RULING))
        assert found(engine, "sentencia de multa")[0] == 8

    def test_a_ruling_in_everyday_words_is_second_to_the_work_on_the_matter(self, engine):
        ruling = documents(
            20, "Cerraron un horno", "El humo de los hornos, los hornos y su humo.", kind=SearchKind.RULING
        )
        engine.index([*ruling, *documents(21, "Medir el aire", "Se mide el humo de los hornos.")])
        order = found(engine, "humo de los hornos")
        assert order.index(20) > max(order.index(1), order.index(21))
        assert found(engine, "sentencia humo de los hornos")[0] == 20

    def test_a_passage_with_more_words_of_the_query_is_before_a_shorter_one_with_a_rare_word(self, engine):
        for group in (20, 21, 22):
            engine.index(documents(group, "Otra", "La beca.", "La escuela.", "Los trámites."))
        engine.index(documents(23, "Otra", "El xilófono."))
        long = "Para pedir la beca hay que ir a la escuela, y allí se hace cada uno de los trámites. "
        engine.index(documents(24, "Pasos", long + "Después de comer hablamos del agua y del río. " * 5))
        assert found(engine, "xilófono beca trámite escuela")[0] == 24

    def test_the_pages_of_a_municipality_follow_those_of_the_state_unless_it_is_named(self, engine):
        glossary = Glossary(municipalities=frozenset({name_key("Coroneo")}))
        town = documents(20, "Secretariado de Coroneo", "El secretariado sesiona.", municipality="Coroneo")
        engine.index([*town, *documents(21, "Municipios", "Cada secretariado de un municipio sesiona.")])
        assert found(engine, "cada cuánto sesiona el secretariado", glossary=glossary)[:2] == [21, 20]
        assert found(engine, "cuándo sesiona el secretariado de Coroneo", glossary=glossary)[0] == 20

    def test_a_table_follows_the_commitment_whose_name_it_repeats(self, engine):
        engine.index(documents(20, "Mesa: Equidad Regional", "", kind=SearchKind.TABLE))
        engine.index(documents(21, "Estudiar sin pagar", "El programa de equidad regional."))
        assert found(engine, "equidad regional") == [21, 20]
        assert found(engine, "mesa equidad regional")[0] == 20

    def test_a_question_about_progress_finds_the_report_first(self, engine):
        assert found(engine, "cuánto han avanzado")[0] == 4

    def test_of_three_words_a_page_holds_two_in_any_passage(self, engine):
        for group in (8, 9, 10):
            engine.index(documents(group, "Obra", "El puente avanzaba.", "La indemnización llegó."))
        for sort in Sort:
            answer = ask(engine, "latín indemnización avanzaron", sort=sort)  # one word: five of nine pages
            assert {hit.group for hit in answer.hits} == {4, 8, 9, 10}
            assert (answer.total, answer.is_loosened) == (4, False)
            assert dict(answer.facets["kind"]) == {"report": 1, "commitment": 3}

    def test_a_query_that_finds_little_needs_no_two_words(self, engine):
        answer = ask(engine, "latín xilófono violín")
        assert ([hit.group for hit in answer.hits], answer.is_loosened) == ([2], False)

    def test_a_word_in_the_title_is_worth_two(self, engine):
        for group in (8, 9, 10, 11):
            engine.index(documents(group, "Puente nuevo", "Una obra."))
        assert set(found(engine, "puente latín acta")) == {8, 9, 10, 11}

    def test_while_few_pages_hold_two_words_any_word_is_enough(self, engine):
        answer = ask(engine, "latín infografías acta")
        assert {hit.group for hit in answer.hits} == {2, 3, 5}
        assert answer.is_loosened

    @pytest.mark.parametrize(
        ("text", "question"),
        [
            ("lenguajeciudadano", "lenguaje ciudadano"),
            ("calidaddelaire", "calidad del aire"),
            ("xorrupción", "corrupción"),
        ],
    )
    def test_joined_words_and_slips_offer_a_question(self, engine, text, question):
        assert ask(engine, text).suggestion == question

    def test_a_joined_phrase_of_the_glossary_is_a_question(self, engine):
        glossary = Glossary.from_rows([("empleo", "bolsa de trabajo")])
        assert ask(engine, "bolsadetrabajo", glossary=glossary).suggestion == "bolsa de trabajo"

    def test_a_lay_word_that_no_page_has_is_no_question(self, engine):
        glossary = Glossary.from_rows([("acta de la sesión", "minuta")])
        assert ask(engine, "minuta", glossary=glossary).suggestion == ""

    def test_joined_words_find_nothing_by_themselves(self, engine):
        answer = ask(engine, "lenguajeciudadano")
        assert (answer.total, answer.hits) == (0, ())

    def test_a_question_is_taken_from_public_pages_only(self, engine):
        assert (
            ask(engine, "lenguajeciudadano", visible=lambda groups: frozenset(groups) - {2}).suggestion == ""
        )

    # --- Filters, facets, totals

    def test_finds_pages_of_one_language(self, engine):
        assert found(engine, "sentencias", locale="en") == [6]

    def test_filters_match_any_value_of_each_field(self, engine):
        assert set(found(engine, "sentencias", filters={"plan": ["pal-2022"]})) == {2, 4}
        assert set(found(engine, "sentencias", filters={"plan": ["pal-2022", "pal-2019"]})) == {2, 3, 4}
        both = {"plan": ["pal-2022"], "kind": [SearchKind.REPORT.value]}
        assert found(engine, "sentencias", filters=both) == [4]
        assert found(engine, "sentencias", filters={"plan": ["no-existe"]}) == []

    def test_a_multivalued_field_is_filtered_by_each_value(self, engine):
        for institution in ("PJEG", "TJA"):
            assert 2 in found(engine, "sentencias", filters={"institution": [institution]})

    def test_filters_do_not_change_scores(self, engine):
        free = {hit.group: hit.score for hit in ask(engine, "sentencias").hits}
        filtered = {
            hit.group: hit.score for hit in ask(engine, "sentencias", filters={"kind": ["report"]}).hits
        }
        assert filtered == {4: free[4]}

    def test_facets_and_total_count_pages_not_passages(self, engine):
        answer = ask(engine, "sentencias")
        assert answer.total == 3
        assert dict(answer.facets["kind"]) == {"commitment": 2, "report": 1}
        assert dict(answer.facets["plan"]) == {"pal-2022": 2, "pal-2019": 1}

    def test_a_facet_ignores_its_own_filter_and_respects_the_others(self, engine):
        answer = ask(engine, "sentencias", filters={"plan": ["pal-2019"]})
        assert answer.total == 1
        assert dict(answer.facets["plan"]) == {"pal-2022": 2, "pal-2019": 1}
        assert dict(answer.facets["kind"]) == {"commitment": 1}

    def test_an_empty_query_returns_everything_newest_first(self, engine):
        answer = ask(engine)
        assert answer.total == 6
        assert [hit.group for hit in answer.hits][:4] == [4, 1, 2, 3]

    # --- Grouping, ties, pages

    def test_a_page_is_one_result_ranked_by_its_best_passage(self, engine):
        hits = {hit.group: hit for hit in ask(engine, "hornos aire").hits}
        assert hits[4].url == "/pagina-4/#p1"
        assert "<mark>hornos</mark>" in hits[4].snippet

    def test_the_plain_words_are_shown_when_only_they_matched(self, engine):
        engine.index(documents(8, "Obra", "Un puente.", plain="Agua limpia y saneamiento. Otra meta."))
        (hit,) = ask(engine, "saneamiento").hits
        assert hit.snippet == "Agua limpia y <mark>saneamiento</mark>. Otra meta."
        assert ask(engine, "puente").hits[0].snippet == "Un <mark>puente</mark>."

    def test_paging_returns_every_result_once(self, empty):
        empty.rebuild(
            d for n in range(1, 96) for d in documents(n, f"Obra {n}", "Puente nuevo.", "Puente viejo.")
        )
        pages = [found(empty, "puente", page=page) for page in range(1, 11)]
        assert [len(page) for page in pages] == [10] * 9 + [5]
        assert found(empty, "puente", page=10**30) == pages[-1]
        assert sorted(group for page in pages for group in page) == list(range(1, 96))

    def test_ties_are_broken_by_page_id(self, empty):
        same = [documents(n, "Obra", "Puente.")[0] for n in range(1, 61)]
        empty.rebuild(reversed(same))
        assert found(empty, "puente") == list(range(1, 11))

    def test_by_date_is_newest_first(self, engine):
        assert found(engine, "sentencias", sort="fecha")[0] in {2, 4}
        answer = ask(engine, "sentencias")
        assert answer.hits[0].group == 2

    def test_hits_that_are_not_public_are_not_shown(self, engine):
        answer = ask(engine, "sentencias", visible=lambda groups: frozenset(groups) - {2})
        assert {hit.group for hit in answer.hits} == {3, 4}

    # --- Changes

    def test_indexing_a_page_again_replaces_all_its_passages(self, engine):
        engine.index(documents(4, "Primer informe parcial", "Ahora habla de puentes."))
        assert found(engine, "puentes") == [4]
        assert 4 not in found(engine, "hornos")
        assert 4 not in found(engine, "despido")

    def test_deleted_pages_leave_results_and_facets(self, engine):
        engine.delete([1])
        assert found(engine, "ladrilleras") == []
        assert "1" not in dict(ask(engine, "aire").facets["axis"])

    def test_deleting_an_unknown_page_is_no_error(self, engine):
        engine.delete([1, 999])
        engine.delete([1])
        assert engine.count() == len(world()) - 1

    def test_a_failed_batch_changes_nothing(self, engine):
        def breaks():
            with engine.batch() as batch:
                batch.remove([1])
                raise RuntimeError

        with pytest.raises(RuntimeError):
            breaks()
        assert found(engine, "ladrilleras") == [1]

    def test_one_batch_puts_and_removes_in_order(self, engine):
        with engine.batch() as batch:
            batch.remove([1])
            batch.put(documents(1, "Vigilar las ladrilleras", "De vuelta."))
            batch.remove([2])
        assert found(engine, "ladrilleras") == [1]
        assert 2 not in found(engine, "sentencias")

    def test_a_second_writer_is_refused_at_once(self, engine):
        with engine.batch(), pytest.raises(EngineBusy), engine.batch():
            pass
        engine.delete([1])
        assert found(engine, "ladrilleras") == []

    def test_a_rebuild_replaces_everything(self, engine):
        engine.rebuild(documents(9, "Otra cosa", "Puentes."))
        assert engine.count() == 1
        assert found(engine, "sentencias") == []
        assert found(engine, "puentes") == [9]

    def test_a_failed_rebuild_leaves_the_live_index(self, engine):
        def breaks():
            yield from documents(9, "Otra cosa", "Puentes.")
            raise RuntimeError

        with pytest.raises(RuntimeError):
            engine.rebuild(breaks())
        assert found(engine, "ladrilleras") == [1]

    def test_queries_are_answered_during_a_rebuild(self, engine):
        stop = threading.Event()

        def keep_asking():
            answers = []
            while not stop.is_set():
                answers.append(found(engine, "ladrilleras"))
            return answers

        with ThreadPoolExecutor(1) as threads:
            asking = threads.submit(keep_asking)
            for _ in range(5):
                engine.rebuild(world())
            stop.set()
            answers = asking.result(timeout=10)
        assert len(answers) > 5
        assert all(answer == [1] for answer in answers)

    # --- State

    def test_known_returns_only_indexed_stems(self, engine):
        assert engine.known(["sentenci", "xilofon"]) == {"sentenci"}

    def test_groups_returns_fingerprints(self, engine):
        groups = engine.groups()
        assert set(groups) == {1, 2, 3, 4, 5, 6, 7}
        assert groups[4] == fingerprint(d for d in world() if d.group == 4)

    def test_health_describes_a_missing_index(self, empty):
        assert not empty.health().ok
        empty.rebuild(world())
        assert empty.health().ok
        assert empty.health().documents == len(world())
