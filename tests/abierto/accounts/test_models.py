from django.test import SimpleTestCase

from abierto.accounts.models import User


class PublicNameTest(SimpleTestCase):
    def test_public_name_has_name_and_post(self):
        person = User(username="abc", first_name="Ana", last_name="Prueba", post="Enlace")

        self.assertEqual(person.public_name, "Ana Prueba, Enlace")

    def test_public_name_without_post(self):
        self.assertEqual(User(username="abc", first_name="Ana").public_name, "Ana")

    def test_public_name_omits_user_name(self):
        self.assertNotIn("abc", User(username="abc", post="Enlace").public_name)
