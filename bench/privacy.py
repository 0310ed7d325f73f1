"""Measure how fast texts are searched for personal data, and how fast the text of a PDF is read."""

import re
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from abierto.privacy.extraction.process import extract_isolated
from abierto.privacy.scanning import scan
from tests.abierto.privacy import files
from tests.abierto.privacy.labelled import read_snippets

BARE = re.compile(r"[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z\d]\d")
"""The baseline: one expression for one kind of key, without its check digit."""


def measure_privacy(root: Path, rounds: int) -> dict[str, Any]:
    """Measure megabytes a second of processor time, over the demo's texts and the labelled snippets."""
    text = build_text(root)
    megabytes = len(text.encode()) / 1e6
    ours = fastest(lambda: scan(text), rounds)
    bare = fastest(lambda: BARE.findall(text), rounds)
    return {
        "megabytes": round(megabytes, 2),
        "findings": len(scan(text)),
        "megabytes_per_second": round(megabytes / ours, 2),
        "times_slower_than_one_expression": round(ours / bare, 1),
    }


def build_text(root: Path) -> str:
    """Return a megabyte of prose with about one finding a thousand characters."""
    contents = sorted((root / "site/abierto/demo/content").glob("*.toml"))
    prose = "\n".join(text for path in contents for text in strings_of(tomllib.loads(path.read_text())))
    snippets = [*read_snippets("snippets_private.txt"), *read_snippets("snippets_traps.txt")]
    text = prose + "\n" + "\n".join(snippet.text for snippet in snippets) + "\n"
    return (text * (1_000_000 // len(text) + 1))[:1_000_000]


def strings_of(value: Any) -> list[str]:
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return [text for item in inner for text in strings_of(item)]
    return [value] if isinstance(value, str) else []


def measure_extraction(folder: Path, pages: int) -> dict[str, Any]:
    """Measure the seconds to read a PDF of ``pages`` full pages, against one of a single page."""
    line = (
        "la sentencia del juicio de amparo directo fue notificada a las partes con fundamento en el articulo"
    )
    page = "BT /F1 11 Tf 14 TL 50 780 Td " + f"({line}) Tj T* " * 45 + "ET"
    full, empty = folder / "full.pdf", folder / "empty.pdf"
    full.write_bytes(files.make_pdf(*[page] * pages))
    empty.write_bytes(files.make_pdf(page))
    seconds, baseline = timed(lambda: extract_isolated(full)), timed(lambda: extract_isolated(empty))
    return {"pages": pages, "seconds": round(seconds, 2), "times_one_page": round(seconds / baseline, 1)}


def fastest(action: Callable[[], Any], rounds: int) -> float:
    """Return the least processor time of some rounds, in seconds: other processes only add to it."""
    times = []
    for _round in range(rounds):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return min(times)


def timed(action: Callable[[], Any]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start
