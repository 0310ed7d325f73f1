"""The files of the project, according to git."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APP_FOLDERS = ("site", "blocks", "pages", "search")
CODE_FOLDERS = (*APP_FOLDERS, "bench", "tests")
BINARY = {".mo", ".png", ".jpg", ".webp", ".pdf", ".ico", ".xlsx", ".docx", ".odt", ".gz", ".xz", ".ttf"}


@cache
def project_files() -> tuple[Path, ...]:
    """Return every file that is tracked, or would be by ``git add``."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return tuple(sorted(path for name in listing.split("\0") if name and (path := ROOT / name).is_file()))


def inside(path: Path, *folders: str) -> bool:
    """Check whether a file is in one of these top-level folders."""
    return path.relative_to(ROOT).parts[0] in folders


def python_files(*folders: str) -> list[Path]:
    """Return the Python files of these folders without generated migrations."""
    return [
        path
        for path in project_files()
        if path.suffix == ".py" and inside(path, *folders) and "migrations" not in path.parts
    ]


def name_of(path: Path) -> str:
    """Return a file's path relative to the repository."""
    return path.relative_to(ROOT).as_posix()
