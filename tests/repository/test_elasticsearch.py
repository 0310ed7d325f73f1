"""The search server of the tests is shared by all processes, and stops with the last of them."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.elasticsearch import health, shared_node

from .files import ROOT

HOLDER = """
import sys
from pathlib import Path
from tests.elasticsearch import shared_node
with shared_node(Path(sys.argv[1])) as url:
    print(url, flush=True)
    sys.stdin.read()
"""


def stops(url: str) -> bool:
    """Check whether the server stops responding soon."""
    for _ in range(50):
        if not health(url):
            return True
        time.sleep(0.1)
    return False


@pytest.mark.elasticsearch
def test_the_server_is_shared_and_stops_when_its_holders_are_killed(elasticsearch_jars: Path, tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as holder:
        url = holder.stdout.readline().strip()
        with shared_node(tmp_path) as same:
            assert same == url
            holder.send_signal(signal.SIGKILL)
            holder.wait()
            assert health(url)["status"] == "green"
            data = Path((tmp_path / "data").read_text())
            assert data.is_dir()
    assert stops(url)
    assert not data.exists()
