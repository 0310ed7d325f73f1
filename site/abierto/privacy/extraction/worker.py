"""The process that extracts one file: ``python -m abierto.privacy.extraction.worker PATH SECONDS``.

It prints one JSON object. Memory, processor time and output are limited before the file is opened.
"""

import json
import resource
import sys
from pathlib import Path

from .dispatch import extract_file
from .parts import Reason, UnreadableFileError

MEMORY = 1024 * 1024 * 1024


def main(path: str, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.stdout.write(json.dumps(read(Path(path))))


def read(path: Path) -> dict[str, object]:
    """Return the extraction as JSON values, or the reason why the file is unreadable."""
    try:
        extraction = extract_file(path)
    except UnreadableFileError as error:
        return {"error": error.reason}
    except MemoryError:
        return {"error": Reason.TOO_LARGE}
    sections = [(section.part, section.detail, section.text) for section in extraction.sections]
    pages = [(page.number, page.text) for page in extraction.pages]
    return {"sections": sections, "notes": sorted(extraction.notes), "pages": pages}


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
