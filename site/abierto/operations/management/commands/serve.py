"""``manage.py serve ADDRESS``: the development server with a worker beside it, as ``run.py`` starts them."""

import os
import subprocess
import sys
from argparse import ArgumentParser
from threading import Event, Thread
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

PAUSE_SECONDS = 5
"""How long a worker that ended waits to be started again."""


class Command(BaseCommand):
    """Two processes: the worker of one machine ends with its server, and is started again should it end."""

    help = "Sirve el portal en esta máquina y arranca a su lado al trabajador."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address", help="por ejemplo 127.0.0.1:8000")

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        ended = Event()
        supervisor = Thread(target=supervise, args=(ended,), daemon=True)
        supervisor.start()
        try:
            call_command("runserver", address, use_reloader=False)
        finally:
            ended.set()
            supervisor.join()


def supervise(ended: Event) -> None:
    """Run a worker, one after another, until ``ended``."""
    command = [sys.executable, str(settings.ROOT / "manage.py"), "work", "--beside", str(os.getpid())]
    while not ended.wait(PAUSE_SECONDS):
        worker = subprocess.Popen(command, cwd=settings.ROOT, stdout=subprocess.DEVNULL)
        while worker.poll() is None and not ended.wait(1):
            pass
        if worker.poll() is None:
            worker.terminate()
            worker.wait()
