"""The memory of web server and worker under a light, steady load."""

import itertools
import statistics
import time
from pathlib import Path
from typing import Any

from django.db import connection

from .content import build_towns, publish_page, submit_page
from .portal_server import Portal, running_portal
from .traffic import Visitors

TOWNS = 2
SAMPLE_SECONDS = 15
PUBLISH_SECONDS = 10
PAUSE_SECONDS = 0.2
MEGABYTE = 1024**2
MAX_GROWTH = 1.03
"""The last third against the middle third; in the first, caches fill."""
PATHS = (
    "/",
    "/buscar/?q=municipio",
    "/municipios/",
    "/datos/",
    "/buscar/?q=obra+publica",
    "/api/v1/",
    "/salud/listo/",
)


def measure_soak(folder: Path, minutes: float) -> dict[str, Any]:
    """Read, approve and withdraw for ``minutes``; return the resident megabytes of each process."""
    towns = build_towns(TOWNS)
    samples: dict[str, list[float]] = {"web": [], "worker": []}
    numbers = itertools.count()
    with running_portal(folder) as portal:
        visitors, paths = Visitors(portal.address), itertools.cycle(PATHS)
        began = sampled = published = time.monotonic()
        while time.monotonic() - began < 60 * minutes:
            visitors.request(next(paths))
            if time.monotonic() - published > PUBLISH_SECONDS:
                published, number = time.monotonic(), next(numbers)
                town = towns[number % TOWNS]
                waiting = submit_page(town, f"Aprobada {number}")
                public = publish_page(town, f"Retirada {number}")
                connection.close()
                visitors.work([waiting], [public], people=1)
            if time.monotonic() - sampled > SAMPLE_SECONDS:
                sampled = time.monotonic()
                for name, bytes_used in read_memory(portal).items():
                    samples[name].append(round(bytes_used / MEGABYTE, 1))
            time.sleep(PAUSE_SECONDS)
    facts = {"requests": sum(visitors.log.statuses.values()), "500": visitors.log.statuses[500]}
    return facts | {name: describe(curve) for name, curve in samples.items()}


def describe(curve: list[float]) -> dict[str, Any]:
    """Return the mean of each third, and whether the last is within the limit of the middle one."""
    third = max(1, len(curve) // 3)
    thirds = [statistics.mean(part) for part in (curve[:third], curve[third:-third] or curve, curve[-third:])]
    growth = thirds[2] / thirds[1]
    return {
        "MB in thirds": [round(mean, 1) for mean in thirds],
        "growth": round(growth, 3),
        "flat": growth <= MAX_GROWTH,
        "curve": curve,
    }


def read_memory(portal: Portal) -> dict[str, int]:
    """Return the resident bytes of the web server's processes together, and of the worker."""
    return {"web": resident(portal.web.pid), "worker": resident(portal.worker.pid)}


def resident(pid: int) -> int:
    """Return the resident bytes of a process and its children; none of one that ended."""
    folder = Path("/proc") / str(pid)
    try:
        lines = (folder / "status").read_text().splitlines()
        children = (folder / "task" / str(pid) / "children").read_text().split()
    except FileNotFoundError:
        return 0
    own = next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)
    return own * 1024 + sum(resident(int(child)) for child in children)
