"""Quotes and references in a query, for every engine."""

import pytest

from tests.search.corpus import ask, documents, found


class PhraseBehaviour:
    def test_quoted_words_must_be_adjacent(self, engine):
        assert set(found(engine, '"calidad del aire"')) == {1}
        assert set(found(engine, '"lenguaje ciudadano"')) == {2}
        assert set(found(engine, "«hornos»")) == {1, 4}

    def test_a_quotation_that_no_page_has_is_searched_by_its_words(self, engine):
        answer = ask(engine, '"aire del calidad"')
        assert 1 in {hit.group for hit in answer.hits}
        assert answer.is_unquoted
        assert "<mark>calidad</mark>" in answer.hits[0].snippet
        assert ask(engine, '"aire del calidad"', filters={"kind": ("commitment",)}).total == 0
        assert not ask(engine, '"calidad del aire"').is_unquoted

    def test_a_snippet_of_a_phrase_marks_only_the_phrase(self, engine):
        (hit,) = ask(engine, '"calidad del aire"').hits
        assert hit.snippet.endswith("<mark>calidad del aire</mark>.")
        assert hit.snippet.count("<mark>") == 1

    @pytest.mark.parametrize(("text", "first"), [("3.1", 2), ("compromiso 4", 3), ("sentencias 1.5", 1)])
    def test_an_exact_reference_ranks_first(self, engine, text, first):
        assert found(engine, text)[0] == first

    def test_the_same_code_in_two_plans_follows_the_plan_of_the_query(self, engine):
        for group, plan in ((8, "Plan 2022–2024"), (9, "Plan 2019–2021")):
            engine.index(documents(group, "Hablar claro", "Un manual.", code="1.1", trail=(plan, "Congreso")))
        assert found(engine, "compromiso 1.1 del plan 2019")[0] == 9
        assert found(engine, "compromiso 1.1 del plan 2022")[0] == 8

    @pytest.mark.parametrize(
        ("text", "group"),
        [("16.7", 8), ("ods 16.b", 9), ("estrategia C", 9), ("TJA 012/2023", 8), ("12/2023", 8)],
    )
    def test_targets_strategies_and_case_numbers_are_references(self, engine, text, group):
        engine.index(documents(8, "Paz", "Decidir juntos.", ref=("meta 16.7", "TJA-12/2023")))
        engine.index(documents(9, "Leyes", "Sin discriminar.", ref=("meta 16.b", "eje C")))
        assert found(engine, text)[0] == group

    def test_a_code_is_not_split_into_words(self, engine):
        engine.index(documents(8, "Otra", "Van 3 de 1 y 5."))
        assert found(engine, "3.1") == [2]

    def test_the_page_titled_like_the_query_ranks_first(self, engine):
        engine.index(documents(8, "Acta", "Se leyó el informe parcial, un informe parcial."))
        assert found(engine, "informe parcial")[0] == 4
