"""The portal as production runs it: gunicorn, and a worker that is started again when it ends."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from bench.server import ROOT, free_port, wait_for

RESTART_SECONDS = 5
"""``RestartSec`` of the worker's unit (deploy/systemd)."""
HOST = "bench.example"
WEB_PROCESSES = 2
THREADS = 4


class Portal:
    """The web server and the worker of this process's environment, with logs below ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._port = folder, free_port()
        self.address = f"http://127.0.0.1:{self._port}"
        self._ended = Event()
        self.web: subprocess.Popen[bytes]
        self.worker: subprocess.Popen[bytes]
        self._supervisor: Thread

    def start(self, **variables: str) -> None:
        """Start both, with more variables, and wait until the web server accepts connections."""
        environment = {**os.environ, **variables}
        self._ended.clear()
        gunicorn = ["-m", "gunicorn", "abierto.wsgi", "--pythonpath", "site,."]
        gunicorn += ["--bind", f"127.0.0.1:{self._port}", "--workers", str(WEB_PROCESSES)]
        gunicorn += ["--worker-class", "gthread", "--threads", str(THREADS), "--preload"]
        gunicorn += ["--no-control-socket", "--timeout", "60", "--log-level", "warning"]
        self.web = self._run("web", gunicorn, environment)
        wait_for(self._port, self.web)
        self._supervisor = Thread(target=self._supervise, args=(environment,), daemon=True)
        self._supervisor.start()

    def stop(self) -> None:
        """Stop both as their supervisor does."""
        self._ended.set()
        self._supervisor.join()
        for process in (self.worker, self.web):
            process.terminate()
        for process in (self.worker, self.web):
            process.wait()

    def _supervise(self, environment: dict[str, str]) -> None:
        command = ["manage.py", "work", "--skip-checks"]
        self.worker = self._run("worker", command, environment)
        while not self._ended.wait(0.2):
            if self.worker.poll() is not None and not self._ended.wait(RESTART_SECONDS):
                self.worker = self._run("worker", command, environment)

    def _run(self, name: str, command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
        with (self._folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *command], cwd=ROOT, env=environment, stdout=log, stderr=log
            )


@contextmanager
def running_portal(folder: Path) -> Iterator[Portal]:
    """Serve the portal during the block."""
    portal = Portal(folder)
    portal.start()
    try:
        yield portal
    finally:
        portal.stop()
