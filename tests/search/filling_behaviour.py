"""An index that is filled in slices beside the live one, for every engine."""

import pytest

from search.engines.base import IndexMissing
from tests.search.corpus import documents, found


class FillingBehaviour:
    def test_an_index_is_filled_in_slices_beside_the_live_one(self, engine):
        name = engine.create_index(10)
        assert engine.is_filling(name)
        assert engine.fill(name, documents(9, "Otra cosa", "Puentes.", "Caminos.")) == 2
        engine.fill(name, documents(10, "Obra", "Túneles."))
        engine.fill(name, documents(9, "Otra cosa", "Puentes nuevos."))
        assert found(engine, "ladrilleras") == [1]
        engine.publish(name)
        assert not engine.is_filling(name)
        assert sorted(engine.groups()) == [9, 10]
        assert engine.count() == 2
        assert found(engine, "puentes") == [9]

    def test_a_batch_also_writes_to_the_index_that_is_filled(self, engine):
        name = engine.create_index(10)
        engine.fill(name, [*documents(9, "Obra", "Puentes."), *documents(10, "Obra", "Túneles.")])
        with engine.batch() as batch:
            batch.also_write_to(name)
            batch.remove([9])
            batch.put(documents(11, "Obra", "Veredas."))
        assert found(engine, "veredas") == [11]
        engine.publish(name)
        assert sorted(engine.groups()) == [10, 11]

    def test_a_late_process_cannot_fill_a_published_index(self, engine):
        name = engine.create_index(10)
        engine.publish(name)
        with pytest.raises(IndexMissing):
            engine.fill(name, documents(9, "Obra", "Puentes."))
        assert engine.count() == 0

    def test_a_discarded_index_is_not_filled(self, engine):
        name = engine.create_index(10)
        engine.discard(name)
        assert not engine.is_filling(name)
        with pytest.raises(IndexMissing):
            engine.fill(name, documents(9, "Obra", "Puentes."))
        assert found(engine, "ladrilleras") == [1]

    def test_the_live_index_is_not_discarded(self, engine):
        name = engine.create_index(10)
        engine.fill(name, documents(9, "Obra", "Puentes."))
        engine.publish(name)
        engine.discard(name)
        assert found(engine, "puentes") == [9]
