"""Run a management command in a process of its own, so that no request waits for it."""

import subprocess
import sys
from functools import partial
from threading import Thread

from django.conf import settings


def start_command(name: str) -> None:
    """Start a management command of the portal without arguments, and do not wait for it.

    The command finds its work in the database, so that one that was killed is taken up by the next.
    """
    command = [sys.executable, "-m", "django", name]
    command += ["--settings", settings.SETTINGS_MODULE, "--pythonpath", str(settings.ROOT / "site")]
    run = partial(subprocess.run, command, cwd=settings.ROOT, stdin=subprocess.DEVNULL, check=False)
    # The thread only takes the end of the process from the system.
    Thread(target=run, daemon=True).start()
