"""An Elasticsearch server for the tests, from Maven's jars, removed afterwards.

It is built once into ``~/.cache/abierto`` (named after the sources in ``tests/elasticsearch_node``), listens
on localhost only, and exits, with its data, when no process holds the other end of its standard input: its
parent may be killed, and no server is left behind.

    with running_nodes(folder, 1) as (node,):
        node.url
    with shared_node(folder) as url:
        ...        one server for every process that names the same folder
"""

import errno
import fcntl
import hashlib
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

SOURCES = Path(__file__).resolve().parent / "elasticsearch_node"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "abierto"
PROGRAMS = {"javac": "default-jdk-headless", "mvn": "maven"}
MODULE = "transport-netty4"
HEAP_MEGABYTES = 512
HEAP_IN_CLUSTER = 400
ROOM_IN_MEMORY = 1_000_000_000  # bytes
BUILD_SECONDS = 600
START_SECONDS = 90
LOGGING = """\
status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}] %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
"""


class NoElasticsearch(RuntimeError):
    """The server cannot be built on this machine; the message names the packages to install."""


# --- Building ------------------------------------------------------------------------------------------


def built() -> Path:
    """Return the folder of the server's jars, built if missing."""
    fingerprint = hashlib.sha256()
    for path in sorted(SOURCES.rglob("*.*")):
        fingerprint.update(path.name.encode() + path.read_bytes())
    folder = CACHE / f"elasticsearch-{fingerprint.hexdigest()[:16]}"
    CACHE.mkdir(parents=True, exist_ok=True)
    with open(CACHE / "elasticsearch.lock", "ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            _build(folder)
    return folder


def _build(folder: Path) -> None:
    missing = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    if missing:
        raise NoElasticsearch(f"Falta Java: sudo apt-get install {' '.join(missing)}")
    with tempfile.TemporaryDirectory(dir=CACHE, prefix="building-") as scratch:
        sources = Path(scratch) / "sources"
        shutil.copytree(SOURCES, sources)
        done = subprocess.run(
            ["mvn", "-B", "-q", "-f", str(sources / "pom.xml"), "package"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=BUILD_SECONDS,
        )
        if done.returncode:
            raise NoElasticsearch(f"Maven no pudo preparar el servidor de pruebas:\n{done.stdout[-2000:]}")
        target = sources / "target"
        shutil.move(target / "node.jar", target / "server")
        module = target / "modules" / MODULE
        module.parent.mkdir()
        shutil.move(target / "transport", module)
        _describe(module)
        (sources.parent / "built").mkdir()
        for part in ("server", "modules"):
            shutil.move(target / part, sources.parent / "built" / part)
        os.replace(sources.parent / "built", folder)


def _describe(module: Path) -> None:
    """Copy the module's descriptor to its place in a distribution, for a server without Java modules."""
    (jar,) = module.glob(f"{MODULE}-*.jar")
    with zipfile.ZipFile(jar) as archive:
        descriptor = archive.read(f"META-INF/es-plugins/{MODULE}/plugin-descriptor.properties").decode()
    lines = ["modulename=" if line.startswith("modulename=") else line for line in descriptor.splitlines()]
    (module / "plugin-descriptor.properties").write_text("\n".join(lines) + "\n")


# --- Running -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Node:
    """One server: its URL, and its process."""

    name: str
    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def kill(self) -> None:
        """Kill it as a power cut would."""
        self.process.kill()
        self.process.wait()


def free_port() -> int:
    """Return an unused local port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def health(url: str, query: str = "") -> dict[str, object]:
    """Return the cluster health of a server; empty while it does not respond."""
    try:
        with urllib.request.urlopen(f"{url}/_cluster/health?{query}", timeout=35) as answer:
            return dict(json.load(answer))
    except (OSError, urllib.error.URLError, ValueError):
        return {}


def data_folder() -> Path:
    """Return a new folder for a server's data: in memory if there is room."""
    memory = Path("/dev/shm")
    roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM_IN_MEMORY
    return Path(tempfile.mkdtemp(prefix="abierto-es-", dir=memory if roomy else None))


def _start(
    folder: Path, settings: dict[str, object], heap: int, held: int, in_tests: bool = True
) -> subprocess.Popen[bytes]:
    jars = built()
    for name in ("config", "logs", "plugins", "lib", "modules", "tmp"):
        (folder / name).mkdir(parents=True)
    for module in (jars / "modules").iterdir():
        (folder / "modules" / module.name).symlink_to(module)
    (folder / "config/elasticsearch.yml").write_text(json.dumps(settings))  # JSON is YAML
    (folder / "config/log4j2.properties").write_text(LOGGING)
    command = ["java", f"-Xms{heap}m", f"-Xmx{heap}m", "-XX:+UseSerialGC", "-XX:-UsePerfData"]
    command += ["-XX:TieredStopAtLevel=1"] if in_tests else []  # faster start, slower execution
    command += [f"-Djava.io.tmpdir={folder / 'tmp'}", f"-Des.path.home={folder}"]
    command += [f"-Des.path.conf={folder / 'config'}", "-cp", f"{jars / 'server'}/*", "Main"]
    with open(folder / "log", "wb") as log:
        return subprocess.Popen(
            command, stdin=held, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )


def _settings(
    name: str, port: int, transport: int, others: Sequence[int], data: Path | None = None
) -> dict[str, object]:
    peers = {"discovery.type": "single-node"}
    if others:
        peers = {
            "discovery.seed_hosts": [f"127.0.0.1:{other}" for other in others],
            "cluster.initial_master_nodes": [f"node-{other}" for other in others],
        }
    return {
        "cluster.name": name,
        "node.name": f"node-{transport}",
        "network.host": "127.0.0.1",
        "http.port": port,
        "transport.port": transport,
        "path.data": str(data or data_folder()),
        "cluster.routing.allocation.disk.threshold_enabled": False,
        **peers,
    }


def _wait(nodes: Sequence[Node]) -> None:
    parameters = f"wait_for_nodes={len(nodes)}&wait_for_status=yellow&timeout=30s"
    ends = time.monotonic() + START_SECONDS
    for node in nodes:
        while health(node.url, parameters).get("timed_out") is not False:
            broken = next((other for other in nodes if other.process.poll() is not None), None)
            if broken or time.monotonic() > ends:
                log = (broken or node).log.read_text(errors="replace")[-3000:]
                raise RuntimeError(f"Elasticsearch no arrancó:\n{log}")
            time.sleep(0.2)


@contextmanager
def running_nodes(
    folder: Path, count: int, heap: int = HEAP_IN_CLUSTER, in_tests: bool = True, on_disk: bool = False
) -> Iterator[list[Node]]:
    """Start one server, or a cluster of several; kill them all at the end. Large data belongs on disk."""
    transports = [free_port() for _ in range(count)]
    with ExitStack() as stack:
        nodes = []
        for transport in transports:
            port = free_port()
            home = folder / f"node-{transport}"
            data = folder / f"data-{transport}" if on_disk else None
            settings = _settings(folder.name, port, transport, transports if count > 1 else (), data)
            stack.callback(shutil.rmtree, settings["path.data"], ignore_errors=True)
            process = _start(home, settings, heap, subprocess.PIPE, in_tests)
            node = Node(f"node-{transport}", f"http://127.0.0.1:{port}", process, home / "log")
            stack.callback(node.kill)
            stack.callback(process.stdin.close)
            nodes.append(node)
        _wait(nodes)
        yield nodes


@contextmanager
def shared_node(folder: Path) -> Iterator[str]:
    """Yield the URL of one server for every process that names this folder; the last one stops it."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        held = _hold(folder)
        try:
            fcntl.flock(lock, fcntl.LOCK_UN)
            yield (folder / "url").read_text()
        finally:
            fcntl.flock(lock, fcntl.LOCK_EX)
            os.close(held)
            time.sleep(0.3)  # the server exits as soon as no process uses it: wait for that


def _hold(folder: Path) -> int:
    """Hold the server's standard input, and start the server if no process did."""
    pipe = folder / "held"
    if pipe.exists():
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            if error.errno != errno.ENXIO:
                raise
        shutil.rmtree(folder / "home", ignore_errors=True)
        pipe.unlink()
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    held = os.open(pipe, os.O_WRONLY)
    os.set_blocking(reading, True)
    port = free_port()
    settings = _settings("shared", port, free_port(), ())
    (folder / "data").write_text(str(settings["path.data"]))
    try:
        process = _start(folder / "home", settings, HEAP_MEGABYTES, reading)
        _wait([Node("shared", f"http://127.0.0.1:{port}", process, folder / "home/log")])
    except BaseException:
        os.close(held)
        raise
    finally:
        os.close(reading)
    (folder / "url").write_text(f"http://127.0.0.1:{port}")
    return held
