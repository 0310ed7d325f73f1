"""Model rules of the registry."""

import datetime

from django.test import SimpleTestCase

from abierto.registry.models import GlossaryTerm, Institution, Person

JANUARY, MARCH, MAY = (datetime.date(2024, month, 1) for month in (1, 3, 5))


class ValidityTest(SimpleTestCase):
    def test_validity_includes_both_ends_and_open_ends(self):
        ended = Institution(name="X", valid_from=JANUARY, valid_until=MARCH)
        going_on = Institution(name="Y", valid_from=MARCH)

        self.assertTrue(ended.is_valid_on(JANUARY))
        self.assertTrue(ended.is_valid_on(MARCH))
        self.assertFalse(ended.is_valid_on(MAY))
        self.assertFalse(going_on.is_valid_on(JANUARY))
        self.assertTrue(going_on.is_valid_on(MAY))


class NamesTest(SimpleTestCase):
    def test_institution_short_name_prefers_acronym(self):
        self.assertEqual(Institution(name="Instituto", acronym="IN").short_name, "IN")
        self.assertEqual(Institution(name="Instituto").short_name, "Instituto")

    def test_person_str_with_and_without_treatment(self):
        self.assertEqual(str(Person(name="Nombre", honorific="Mtra.")), "Mtra. Nombre")
        self.assertEqual(str(Person(name="Nombre")), "Nombre")

    def test_synonyms_are_split_by_line_without_blanks(self):
        self.assertEqual(GlossaryTerm(term="t", lay_synonyms=" uno \n\n dos\n").synonyms, ["uno", "dos"])
