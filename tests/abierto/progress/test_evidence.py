from __future__ import annotations

from abierto.progress.evidence import Evidence, Means, Proven, verify

MINUTES = Means("m1", "Minutas de las mesas", kind="documento")
SURVEY = Means("m2", "Resultados de la encuesta", cadence="trimestral")
SITE = Means("m3", "Sitio publicado")


def test_a_means_without_evidence_is_pending():
    verification = verify([MINUTES, SURVEY], [])

    assert verification.pending == (MINUTES, SURVEY)
    assert verification.proven == ()


def test_a_means_with_evidence_is_proven():
    first, second = Evidence("m1", "Minuta de agosto"), Evidence("m1", "Minuta de octubre")

    verification = verify([MINUTES, SURVEY], [first, second])

    assert verification.proven == (Proven(MINUTES, (first, second)),)
    assert verification.pending == (SURVEY,)
    assert verification.unmatched == ()


def test_evidence_without_a_promise_is_unmatched():
    loose, stale = Evidence("", "Fotografía"), Evidence("retirado", "Oficio")

    verification = verify([MINUTES], [loose, stale])

    assert verification.unmatched == (loose, stale)
    assert verification.pending == (MINUTES,)


def test_evidence_without_a_means_does_not_prove_a_means_without_a_key():
    nameless, loose = Means("", "Lista de asistencia"), Evidence("", "Fotografía")

    verification = verify([nameless], [loose])

    assert (verification.pending, verification.unmatched) == ((nameless,), (loose,))


def test_everything_keeps_its_order():
    answers = [Evidence("m3", "Sitio"), Evidence("m1", "Minuta")]

    assert [proven.means for proven in verify([MINUTES, SURVEY, SITE], answers).proven] == [MINUTES, SITE]
    assert [proven.means for proven in verify([SITE, SURVEY, MINUTES], answers).proven] == [SITE, MINUTES]


def test_nothing_promised_and_nothing_shown_is_all_empty():
    verification = verify(iter([]), iter([]))

    assert (verification.proven, verification.pending, verification.unmatched) == ((), (), ())
