"""Extract a file in a separate process with limited time and memory."""

import json
import os
import subprocess
import sys
from pathlib import Path

from .parts import MAX_FILE, Extraction, FilePage, FilePart, Note, Reason, Section, UnreadableFileError

SECONDS = 120


def extract_isolated(path: Path, seconds: int = SECONDS) -> Extraction:
    """Read all text of a file in another process, so that a malicious file cannot affect this one.

    Raises:
        UnreadableFileError: with the reason, also for exceeded time or memory.
    """
    if path.stat().st_size > MAX_FILE:
        raise UnreadableFileError(Reason.TOO_LARGE)
    command = [sys.executable, "-m", f"{__package__}.worker", str(path.resolve()), str(seconds)]
    # Without the environment of the server, which has secrets.
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, check=False, env=environment)
    except subprocess.TimeoutExpired as error:
        raise UnreadableFileError(Reason.TOO_SLOW) from error
    if done.returncode != 0:
        raise UnreadableFileError(Reason.TOO_SLOW if done.returncode < 0 else Reason.DAMAGED)
    return parse_output(done.stdout)


def parse_output(output: bytes) -> Extraction:
    answer = json.loads(output)
    if "error" in answer:
        raise UnreadableFileError(Reason(answer["error"]))
    sections = [Section(FilePart(part), detail, text) for part, detail, text in answer["sections"]]
    pages = [FilePage(number, text) for number, text in answer["pages"]]
    return Extraction(sections, {Note(note) for note in answer["notes"]}, pages=pages)
