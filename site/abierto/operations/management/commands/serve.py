"""``manage.py serve ADDRESS``: run the development server and a worker; ``run.py`` uses it."""

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
"""Seconds before a worker that has ended is started again."""


class Command(BaseCommand):
    """Run the server with a worker process, which is restarted if it ends and stopped with the server."""

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
    """Run a worker process, and start a new one when it ends, until ``ended`` is set."""
    command = [sys.executable, str(settings.ROOT / "manage.py"), "work", "--beside", str(os.getpid())]
    while not ended.wait(PAUSE_SECONDS):
        worker = subprocess.Popen(command, cwd=settings.ROOT, stdout=subprocess.DEVNULL)
        while worker.poll() is None and not ended.wait(1):
            pass
        if worker.poll() is None:
            worker.terminate()
            worker.wait()
