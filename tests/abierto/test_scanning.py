"""Uploads go to a virus scanner first, a small server that speaks clamd's protocol."""

import socketserver
import struct
import threading

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from abierto.media.document_checks import check_document
from abierto.media.image_checks import check_picture
from abierto.operations.diagnosis import State
from abierto.operations.doctor.machine import check_scanner
from abierto.redactions.forms import TextForm
from abierto.spreadsheets.fields import SheetField
from tests.abierto.media.uploads import picture

VIRUS = b"X5O!P%@AP[4-no-es-de-verdad"
CSV = b"accion,avance\n1.1,40\n"


class Clamd(socketserver.BaseRequestHandler):
    """Answers PING and INSTREAM as clamd does; what begins with ``VIRUS`` is infected."""

    def handle(self) -> None:
        command = self.read_until_null()
        if command == b"zPING":
            self.request.sendall(b"PONG\0")
            return
        assert command == b"zINSTREAM"
        content = b""
        while size := struct.unpack("!I", self.read(4))[0]:
            content += self.read(size)
        self.server.received.append(content)
        self.request.sendall(b"stream: " + (b"Prueba-1 FOUND" if VIRUS in content else b"OK") + b"\0")

    def read_until_null(self) -> bytes:
        text = b""
        while not text.endswith(b"\0"):
            text += self.read(1)
        return text[:-1]

    def read(self, size: int) -> bytes:
        content = b""
        while len(content) < size:
            part = self.request.recv(size - len(content))
            assert part
            content += part
        return content


@pytest.fixture(params=["unix", "tcp"])
def clamd(request, tmp_path, settings):
    if request.param == "unix":
        server = socketserver.ThreadingUnixStreamServer(str(tmp_path / "clamd.ctl"), Clamd)
        settings.ABIERTO_CLAMD = f"unix:{server.server_address}"
    else:
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd)
        settings.ABIERTO_CLAMD = f"tcp://127.0.0.1:{server.server_address[1]}"
    server.received = []
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def away(tmp_path, settings):
    settings.ABIERTO_CLAMD = f"unix:{tmp_path}/no-existe.ctl"


def csv(content: bytes = CSV) -> SimpleUploadedFile:
    return SimpleUploadedFile("avance.csv", content)


def test_a_clean_file_is_read_whole_and_accepted(clamd):
    content = CSV * 10_000
    upload = csv(content)

    check_document(upload)

    assert clamd.received == [content]
    assert upload.read() == content


@pytest.mark.parametrize(
    "check",
    [
        lambda: check_document(csv(CSV + VIRUS)),
        lambda: SheetField().clean(csv(CSV + VIRUS)),
        lambda: check_picture(SimpleUploadedFile("foto.png", picture("PNG") + VIRUS), 10_000_000, 1_000_000),
        lambda: clean_redaction(VIRUS),
    ],
    ids=["document", "spreadsheet", "picture", "redaction"],
)
def test_an_infected_upload_is_refused_by_its_name(clamd, check):
    with pytest.raises(ValidationError, match=r"tiene un virus \(Prueba-1\)"):
        check()


def clean_redaction(content: bytes) -> None:
    form = TextForm(spaces=[])
    form.cleaned_data = {"file": SimpleUploadedFile("a.docx", content)}
    form.clean_file()


def test_nothing_is_stored_while_the_scanner_is_away(away):
    with pytest.raises(ValidationError, match="no se guardó"):
        check_document(csv())
    (found,) = check_scanner()
    assert found.state == State.ERROR


def test_uploads_are_stored_unread_if_the_settings_allow_it(away, settings):
    settings.ABIERTO_CLAMD_REQUIRED = False
    check_document(csv())
    (found,) = check_scanner()
    assert found.state == State.WARNING


def test_a_file_that_the_scanner_cannot_read_is_refused(clamd, monkeypatch):
    monkeypatch.setattr(
        "abierto.scanning.read_answer", lambda connection: "INSTREAM size limit exceeded. ERROR"
    )
    with pytest.raises(ValidationError, match="no se guardó"):
        check_document(csv())


def test_doctor_reaches_the_scanner(clamd):
    (found,) = check_scanner()
    assert found.state == State.OK


def test_without_a_scanner_nothing_is_asked(settings):
    settings.ABIERTO_CLAMD = ""
    check_document(csv(CSV + VIRUS))
    assert list(check_scanner()) == []
