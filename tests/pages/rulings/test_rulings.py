"""The rules of a ruling and of its parts, on every way to publication."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page

from abierto.approval.errors import InvalidVersion
from pages.rulings.index import RulingIndexPage
from pages.rulings.models import RulingPage
from pages.rulings.parts import PlainVersionPage
from tests.factories import (
    InstitutionFactory,
    StandardPageFactory,
    UserFactory,
    published,
)
from tests.ruling_factories import (
    EasyReadPageFactory,
    InfographicPageFactory,
    PlainVersionPageFactory,
    PublicVersionPageFactory,
    RulingIndexPageFactory,
    RulingPageFactory,
)

pytestmark = pytest.mark.django_db
TO_COME = datetime.date(2999, 1, 1)


def list_errors(page) -> dict[str, list[str]]:
    """Return the errors of saving ``page``."""
    with pytest.raises(ValidationError) as caught:
        page.full_clean()
    return caught.value.message_dict


def test_case_number_is_unique_in_its_tribunal_however_it_is_written():
    index = RulingIndexPageFactory(tribunal=InstitutionFactory(acronym="TJA"))
    first = RulingPageFactory(parent=index, case_number="TJA-012/2023")

    again = RulingPage(title="Otra", case_number="12/23", decided_on=first.decided_on)
    again.intended_parent = index

    assert first.title in list_errors(again)["case_number"][0]


def test_case_number_may_repeat_in_another_tribunal():
    first = RulingPageFactory(case_number="12/2023")

    assert RulingPageFactory(case_number="12/2023").case_key == first.case_key


def test_case_number_without_digits_is_refused():
    page = RulingPageFactory()
    page.case_number = "sin número"

    assert "case_number" in list_errors(page)


@pytest.mark.parametrize("name", ["decided_on", "finality_date"])
def test_dates_to_come_are_refused(name):
    page = RulingPageFactory()
    setattr(page, name, TO_COME)

    assert name in list_errors(page)


def test_ruling_does_not_cite_nor_change_nor_replace_itself():
    page = RulingPageFactory()
    page.citations = [("ruling", page)]
    page.finality_ruling = page.replaces = page

    assert list_errors(page).keys() >= {"citations", "finality_ruling", "replaces"}


def test_circle_of_changes_is_refused():
    first = RulingPageFactory()
    second = RulingPageFactory(finality_ruling=first)
    first.finality_ruling = RulingPageFactory(finality_ruling=second)

    assert "círculo" in list_errors(first)["finality_ruling"][0]


def test_changed_ruling_needs_day_and_reason_to_be_published():
    page = RulingPageFactory(finality="revoked")

    assert page.publication_errors().keys() == {"finality_date", "finality_reason"}


def test_tribunal_must_have_existed_on_the_day():
    ended = InstitutionFactory(valid_until=datetime.date(2020, 1, 1))
    page = RulingPageFactory(parent=RulingIndexPageFactory(tribunal=ended), chamber=ended)

    assert page.publication_errors().keys() == {"tribunal", "chamber"}


def test_second_list_of_a_tribunal_is_refused():
    first = RulingIndexPageFactory()
    second = RulingIndexPageFactory()
    second.tribunal = first.tribunal

    assert "tribunal" in list_errors(second)


def test_list_of_a_tribunal_holds_no_lists():
    below = RulingIndexPage(title="Otra", tribunal=InstitutionFactory())
    below.intended_parent = RulingIndexPageFactory()

    assert "__all__" in list_errors(below)


def test_list_below_that_of_all_needs_a_tribunal():
    everything = RulingIndexPageFactory(tribunal=None)
    below = RulingIndexPageFactory(parent=everything, tribunal=None, title="Sin tribunal")

    assert below.publication_errors().keys() == {"tribunal"}


# --- The parts -----------------------------------------------------------------------------------------


def test_parts_have_their_title_and_address():
    part = PlainVersionPageFactory()

    assert (part.title, part.slug) == ("En lenguaje claro", "lenguaje-claro")


def test_second_part_of_a_kind_is_refused():
    part = PlainVersionPageFactory()
    again = PlainVersionPage(what_happened="<p>Otra.</p>")
    again.intended_parent = part.get_parent()

    assert "ya tiene esta parte" in list_errors(again)["__all__"][0]


def test_part_without_its_ruling_is_refused():
    lost = PlainVersionPage()
    lost.intended_parent = Page.objects.get(pk=StandardPageFactory().pk)

    assert "cuelga de su sentencia" in list_errors(lost)["__all__"][0]


def test_person_who_covers_the_data_does_not_review_the_names():
    person = UserFactory()
    part = PublicVersionPageFactory()
    part.anonymized_by = part.names_reviewed_by = person

    assert "names_reviewed_by" in list_errors(part)


def test_public_version_needs_text_and_both_people():
    part = PublicVersionPageFactory(texts=(), anonymized_by=None, names_reviewed_by=None)

    assert part.publication_errors().keys() == {"pages", "anonymized_by", "names_reviewed_by"}


def test_plain_version_needs_its_four_sections():
    part = PlainVersionPageFactory(what_happened="<p> </p>", why="", what_next="", what_was_decided="")

    assert part.publication_errors().keys() == {"what_happened", "what_was_decided", "why", "what_next"}


def test_infographic_needs_picture_and_text_of_several_parts():
    steps = [("step", {"title": "Uno", "text": "Solo uno."})]
    part = InfographicPageFactory(image=None, steps=steps, intro="")

    assert part.publication_errors().keys() == {"image", "intro", "steps"}


HARD = (
    "<p>Considerando improcedente la excepción perentoria interpuesta extemporáneamente por la demandada, "
    "esta autoridad jurisdiccional determina desestimarla fundamentadamente.</p>"
)


def test_hard_text_is_not_imported_without_a_reason():
    with pytest.raises(InvalidVersion, match="INFLESZ"):
        published(PlainVersionPageFactory(why=HARD * 3))


def test_easy_read_with_a_low_score_is_a_warning_only():
    part = EasyReadPageFactory(text=HARD)

    assert part.publication_errors() == {}
    assert "INFLESZ" in part.publication_effects()[-1]


RECORD = {
    "validated_by": "Grupo de lectura de la biblioteca",
    "validated_on": datetime.date(2025, 3, 4),
    "reader_count": 6,
}


def test_record_of_readers_is_whole_or_empty():
    assert EasyReadPageFactory().publication_errors() == {}
    assert EasyReadPageFactory(**RECORD).publication_errors() == {}
    for name in RECORD:
        part = EasyReadPageFactory(**{name: RECORD[name]})
        assert part.publication_errors().keys() == RECORD.keys() - {name}
        assert not part.is_validated
    future = EasyReadPageFactory(**RECORD | {"validated_on": datetime.date(2999, 1, 1)})
    assert future.publication_errors().keys() == {"validated_on"}


def test_reviewer_reads_that_the_readers_read_an_earlier_text():
    part = published(EasyReadPageFactory(**RECORD))
    assert part.publication_effects() == []

    part.text = "<p>La multa sí vale.</p>"
    assert "validaron el anterior" in part.publication_effects()[0]
    part.validated_on = datetime.date(2025, 4, 1)
    assert part.publication_effects() == []
