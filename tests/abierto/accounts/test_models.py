"""What the public trace shows of an account."""

from django.test import SimpleTestCase

from abierto.accounts.models import User


class PublicNameTest(SimpleTestCase):
    def test_name_and_post_are_shown(self):
        person = User(username="abc", first_name="Ana", last_name="Prueba", post="Enlace")

        self.assertEqual(person.public_name, "Ana Prueba, Enlace")

    def test_post_may_be_missing(self):
        self.assertEqual(User(username="abc", first_name="Ana").public_name, "Ana")

    def test_name_of_the_account_is_never_shown(self):
        self.assertNotIn("abc", User(username="abc", post="Enlace").public_name)
