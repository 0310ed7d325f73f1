"""Test case with the demo content loaded."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from django.test import TestCase, override_settings

from abierto.demo.loader import load
from abierto.demo.loader.accounts import accounts_file
from tests.shared_rows import built_once


@built_once
def load_accounts_file() -> bytes:
    """Load the demo and return the content of its accounts file; later calls restore the rows."""
    load.load_demo()
    return accounts_file().read_bytes()


class DemoCase(TestCase):
    """The loaded demo, shared by the tests of a class and restored for the next class."""

    folder: ClassVar[TemporaryDirectory]

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = TemporaryDirectory()
        cls.enterClassContext(cls.folder)
        cls.enterClassContext(override_settings(ABIERTO_DATA=Path(cls.folder.name)))
        super().setUpClass()

    @classmethod
    def setUpTestData(cls) -> None:
        content = load_accounts_file()
        if not accounts_file().exists():
            accounts_file().touch(mode=0o600)
            accounts_file().write_bytes(content)
