"""Configuration of gunicorn, for the systemd unit and the container."""

import os
from typing import Any

wsgi_app = "abierto.wsgi"
pythonpath = "site,."
bind = os.environ.get("ABIERTO_BIND", "127.0.0.1:8000")
#: Processes; each has its own page cache and about 250 MB of memory.
workers = int(os.environ.get("WEB_CONCURRENCY") or min(2 * (os.cpu_count() or 1), 4))
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 30
#: A process is replaced after this many requests, so that fragmented memory is returned.
max_requests = 10_000
max_requests_jitter = 1_000
#: Heartbeat files in memory: on a slow disk they would stop the process.
worker_tmp_dir = "/dev/shm"
#: The portal writes one line for each request, without the visitor's address.
accesslog = None
#: No control socket: it would be in the user's home directory, and systemd controls the service.
control_socket_disable = True


def child_exit(server: Any, worker: Any) -> None:
    """Drop the gauges of a process that ended from the shared measurements."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        from prometheus_client import multiprocess  # noqa: PLC0415 (reads the variable when imported)

        multiprocess.mark_process_dead(worker.pid)
