"""Run the measurements on two portals, each in a process of its own; called before Django starts."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from multiprocessing.connection import Connection
from pathlib import Path

from bench import environment
from tests.elasticsearch import running_nodes
from tests.postgresql import running_postgresql

from .injection import MailServer, may_mount, mounted
from .portal_server import HOST

TOWNS, FEW_TOWNS = 46, 2
NODES = 3
#: A commit is written before it is acknowledged; only a power cut, which no row is, needs fsync.
DURABLE = {"synchronous_commit": "on"}


def use_production(data: Path, mail: MailServer, database: str, **variables: str) -> None:
    """Start Django with the production settings for a portal whose data is in a folder."""
    environment.use_folder(
        data,
        settings="bench.production",
        DATABASE_URL=database,
        ABIERTO_SECRET_KEY=secrets.token_urlsafe(50),
        ABIERTO_HOSTS=HOST,
        ABIERTO_BASE_URL=f"https://{HOST}",
        ABIERTO_EMAIL_URL=f"smtp://127.0.0.1:{mail.port}",
        ABIERTO_ALERTS_TO="",
        **variables,
    )
    logging.getLogger().setLevel(logging.ERROR)


@contextmanager
def use_one_machine(folder: Path, has_own_disk: bool = False) -> Iterator[MailServer]:
    """Start Django for a portal with SQLite and the embedded index; yield its mail server."""
    data, mail = folder / "data", MailServer()
    data.mkdir(parents=True)
    with mounted(data) if has_own_disk else nullcontext():
        use_production(data, mail, f"sqlite:///{data / 'abierto.sqlite3'}")
        yield mail


def send_rows_of_one_machine(folder: Path, quick: bool, pipe: Connection) -> None:
    """Measure SQLite and the embedded index; send each row, and None at the end."""
    with use_one_machine(folder, has_own_disk=not quick and may_mount()) as mail:
        from bench.faults.measurements import measure_one_machine

        for row in measure_one_machine(folder, FEW_TOWNS if quick else TOWNS, quick, mail):
            pipe.send(row)
        pipe.send(None)


def send_rows_of_cluster(folder: Path, quick: bool, pipe: Connection) -> None:
    """Measure PostgreSQL and three servers of Elasticsearch; send each row, and None at the end."""
    with ExitStack() as stack:
        data = folder / "data"
        data.mkdir(parents=True)
        database = stack.enter_context(running_postgresql(**DURABLE))
        nodes = stack.enter_context(running_nodes(folder / "nodes", NODES))
        urls = ",".join(node.url for node in nodes)
        use_production(data, MailServer(), database, ELASTICSEARCH_URL=urls)
        from bench.faults.measurements import measure_cluster

        for row in measure_cluster(folder, FEW_TOWNS if quick else TOWNS, quick, nodes):
            pipe.send(row)
        pipe.send(None)
