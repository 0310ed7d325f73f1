"""A test case that starts from a loaded demo."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from django.test import TestCase, override_settings

from abierto.demo.loader import load


class DemoCase(TestCase):
    """One load for all the tests of a class."""

    folder: ClassVar[TemporaryDirectory]

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = TemporaryDirectory()
        cls.enterClassContext(cls.folder)
        cls.enterClassContext(override_settings(ABIERTO_DATA=Path(cls.folder.name)))
        super().setUpClass()

    @classmethod
    def setUpTestData(cls) -> None:
        load.load_demo()
