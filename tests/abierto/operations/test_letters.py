"""The sender and the links of e-mails, and those that are written to files."""

import io

import pytest
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from wagtail.models import Site

from abierto.operations.diagnosis import State
from abierto.operations.doctor import portal
from abierto.operations.management.commands.letters import END_OF_MESSAGE
from abierto.settings import environment
from abierto.tenancy.models import PortalSettings

pytestmark = pytest.mark.django_db


def written(*arguments: str) -> str:
    output = io.StringIO()
    call_command("letters", *arguments, stdout=output)
    return output.getvalue()


@pytest.fixture
def mail_folder(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "DATA", tmp_path)
    settings.MAILERS = environment.mailers("file:")
    return tmp_path / "letters"


def test_letters_are_listed_and_shown(mail_folder):
    letter = EmailMessage("Para revisar: niñez", "Abre la revisión.", to=["ana@example.org"])
    mail_folder.mkdir()
    (mail_folder / "1.log").write_bytes(letter.message().as_bytes() + END_OF_MESSAGE)

    assert "1. ana@example.org: Para revisar: niñez" in written()
    assert "Abre la revisión." in written("1")
    with pytest.raises(CommandError, match="No hay carta 2"):
        written("2")


def test_an_installation_that_sends_has_no_letters_to_show():
    with pytest.raises(CommandError, match="no guarda ninguna"):
        written()


def test_the_sender_is_at_the_host_of_the_portal_unless_it_is_set(monkeypatch):
    monkeypatch.delenv("ABIERTO_EMAIL_FROM", raising=False)
    assert environment.sender("https://abierto.example.org") == "no-responder@abierto.example.org"

    monkeypatch.setenv("ABIERTO_EMAIL_FROM", "portal@example.org")
    assert environment.sender("https://abierto.example.org") == "portal@example.org"


@pytest.mark.parametrize(("host", "state"), [("otro.example.org", State.WARNING), ("localhost", State.OK)])
def test_doctor_compares_the_links_with_the_site(settings, host, state):
    settings.WAGTAILADMIN_BASE_URL = f"http://{host}:8000"
    settings.ALLOWED_HOSTS = ["*"]
    Site.objects.update(hostname="localhost")

    (found,) = portal.check_addresses()
    assert found.state is state


def test_doctor_finds_a_host_that_is_not_answered(settings):
    settings.WAGTAILADMIN_BASE_URL = "https://abierto.example.org"
    settings.ALLOWED_HOSTS = ["otro.example.org"]

    (found,) = portal.check_addresses()

    assert (found.state, "ABIERTO_HOSTS" in found.fix) == (State.WARNING, True)


def test_doctor_asks_for_the_official_mailbox():
    (found,) = portal.check_contact()
    assert found.state is State.WARNING

    PortalSettings.objects.create(site=Site.objects.get(), contact_email="buzon@portal.example")

    (found,) = portal.check_contact()
    assert found.state is State.OK


def test_letters_in_files_are_a_warning(mail_folder):
    (found,) = portal.check_mail()
    assert found.state is State.WARNING
