"""The rules that rows of the registry keep by themselves."""

import datetime

from django.test import SimpleTestCase

from abierto.registry.models import GlossaryTerm, Institution, Person

JANUARY, MARCH, MAY = (datetime.date(2024, month, 1) for month in (1, 3, 5))


class ValidityTest(SimpleTestCase):
    def test_both_ends_count_and_an_open_end_goes_on(self):
        ended = Institution(name="X", valid_from=JANUARY, valid_until=MARCH)
        going_on = Institution(name="Y", valid_from=MARCH)

        self.assertTrue(ended.is_valid_on(JANUARY))
        self.assertTrue(ended.is_valid_on(MARCH))
        self.assertFalse(ended.is_valid_on(MAY))
        self.assertFalse(going_on.is_valid_on(JANUARY))
        self.assertTrue(going_on.is_valid_on(MAY))


class NamesTest(SimpleTestCase):
    def test_institution_is_called_by_its_acronym_where_it_has_one(self):
        self.assertEqual(Institution(name="Instituto", acronym="IN").short_name, "IN")
        self.assertEqual(Institution(name="Instituto").short_name, "Instituto")

    def test_person_is_called_with_or_without_treatment(self):
        self.assertEqual(str(Person(name="Nombre", honorific="Mtra.")), "Mtra. Nombre")
        self.assertEqual(str(Person(name="Nombre")), "Nombre")

    def test_lay_words_are_one_per_line_without_blanks(self):
        self.assertEqual(GlossaryTerm(term="t", lay_synonyms=" uno \n\n dos\n").synonyms, ["uno", "dos"])
