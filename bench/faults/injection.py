"""Inject faults: context managers that break one part of the running portal and restore it at their end."""

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

from bench.server import free_port
from tests.elasticsearch import Node
from tests.postgresql import find_binaries, server_user
from tests.postgresql import run as run_server_program

from .portal_server import Portal

CLOCK = Path(__file__).with_name("clock.c")
HOUR = 3600
MEMORY_DISK = 1024**3
SHORT_OF_DISK = 64 * 1024
RESTARTS = 3
CLOCK_SECONDS = 3.0

type Fault = Callable[[], AbstractContextManager[object]]


@contextmanager
def nothing() -> Iterator[None]:
    yield


@contextmanager
def killed_worker(portal: Portal) -> Iterator[None]:
    """Kill the worker; its supervisor starts another."""
    portal.worker.send_signal(signal.SIGKILL)
    yield


@contextmanager
def restarted_postgresql(url: str) -> Iterator[None]:
    """End the connections of the server and start it again, ``RESTARTS`` times while pages are published."""
    data = Path(unquote(urlsplit(url).netloc.partition("@")[2])) / "data"
    command = [
        find_binaries() / "pg_ctl",
        "-D",
        data,
        "-l",
        data.parent / "log",
        "-w",
        "-m",
        "fast",
        "restart",
    ]
    failures: list[Exception] = []

    def restart() -> None:
        try:
            for _time in range(RESTARTS):
                time.sleep(1)
                run_server_program(command, **server_user())
        except RuntimeError as error:
            failures.append(error)

    thread = Thread(target=restart)
    thread.start()
    try:
        yield
    finally:
        thread.join()
    if failures:
        raise failures[0]


@contextmanager
def killed_node(nodes: list[Node]) -> Iterator[None]:
    """Kill one of the servers of the cluster for good."""
    nodes[0].kill()
    yield


# --- The disk --------------------------------------------------------------------------------------------


def may_mount() -> bool:
    """Check that this process may mount file systems."""
    return os.geteuid() == 0


@contextmanager
def mounted(folder: Path) -> Iterator[None]:
    """Mount a disk of ``MEMORY_DISK`` bytes at a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    run("mount", "-t", "tmpfs", "-o", f"size={MEMORY_DISK},mode=755", "tmpfs", folder)
    try:
        yield
    finally:
        run("umount", "--lazy", folder)


@contextmanager
def full_disk(folder: Path) -> Iterator[None]:
    """Fill the disk of the data folder."""
    filler = folder / "filler"
    with filler.open("wb") as file:
        space = os.statvfs(folder)
        os.posix_fallocate(file.fileno(), 0, max(1, space.f_bavail * space.f_frsize - SHORT_OF_DISK))
        with suppress(OSError):
            while file.write(bytes(SHORT_OF_DISK)):
                file.flush()
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Make writes to a folder fail, for root as well, with a read-only bind mount."""
    run("mount", "--bind", folder, folder)
    run("mount", "-o", "remount,bind,ro", folder)
    try:
        yield
    finally:
        run("umount", "--lazy", folder)


def run(*command: str | Path) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


# --- The clock -------------------------------------------------------------------------------------------


@contextmanager
def clock_back(portal: Portal, folder: Path) -> Iterator[None]:
    """Run the portal with a clock of its own, and set it back an hour."""
    offset, library = folder / "clock", folder / "clock.so"
    offset.write_text("0")
    run("cc", "-shared", "-fPIC", "-O1", "-o", library, CLOCK, "-ldl")
    portal.stop()
    portal.start(LD_PRELOAD=str(library), ABIERTO_CLOCK=str(offset))
    # The worker writes heartbeats and runs jobs by the former clock.
    time.sleep(CLOCK_SECONDS)
    offset.write_text(str(-HOUR))
    yield


# --- The mail server -------------------------------------------------------------------------------------


class MailServer:
    """A local mail server that counts its messages and can refuse connections."""

    def __init__(self) -> None:
        self.port, self.letters = free_port(), 0
        self._loop = asyncio.new_event_loop()
        Thread(target=self._loop.run_forever, daemon=True).start()
        self._server: asyncio.Server
        self.open()

    def open(self) -> None:
        starting = asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self._server = asyncio.run_coroutine_threadsafe(starting, self._loop).result()

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """Accept no connection during the block."""
        self._loop.call_soon_threadsafe(self._server.close)
        try:
            yield
        finally:
            self.open()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 bench\r\n")
        while line := await reader.readline():
            word = line[:4].upper()
            if word == b"DATA":
                writer.write(b"354 go on\r\n")
                await reader.readuntil(b"\r\n.\r\n")
                self.letters += 1
            writer.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
            if word == b"QUIT":
                break
        writer.close()
