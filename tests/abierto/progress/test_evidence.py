from __future__ import annotations

from abierto.progress.evidence import Evidence, Means, Proven, verify

MINUTES = Means("m1", "Minutas de las mesas", kind="documento")
SURVEY = Means("m2", "Resultados de la encuesta", cadence="trimestral")
SITE = Means("m3", "Sitio publicado")


def test_a_means_without_evidence_is_pending():
    standing = verify([MINUTES, SURVEY], [])

    assert standing.pending == (MINUTES, SURVEY)
    assert standing.proven == ()


def test_a_means_with_evidence_is_proven_by_it():
    first, second = Evidence("m1", "Minuta de agosto"), Evidence("m1", "Minuta de octubre")

    standing = verify([MINUTES, SURVEY], [first, second])

    assert standing.proven == (Proven(MINUTES, (first, second)),)
    assert standing.pending == (SURVEY,)
    assert standing.unmatched == ()


def test_evidence_that_answers_no_promise_is_set_apart():
    loose, stale = Evidence("", "Fotografía"), Evidence("retirado", "Oficio")

    standing = verify([MINUTES], [loose, stale])

    assert standing.unmatched == (loose, stale)
    assert standing.pending == (MINUTES,)


def test_evidence_without_a_means_does_not_prove_a_means_without_a_key():
    nameless, loose = Means("", "Lista de asistencia"), Evidence("", "Fotografía")

    standing = verify([nameless], [loose])

    assert (standing.pending, standing.unmatched) == ((nameless,), (loose,))


def test_everything_keeps_its_order():
    answers = [Evidence("m3", "Sitio"), Evidence("m1", "Minuta")]

    assert [one.means for one in verify([MINUTES, SURVEY, SITE], answers).proven] == [MINUTES, SITE]
    assert [one.means for one in verify([SITE, SURVEY, MINUTES], answers).proven] == [SITE, MINUTES]


def test_nothing_promised_and_nothing_shown_is_all_empty():
    standing = verify(iter([]), iter([]))

    assert (standing.proven, standing.pending, standing.unmatched) == ((), (), ())
