"""Crawl a running portal, report the weight of its pages, and check their HTML with vnu.

    npm install vnu-jar                      (anywhere but here; needs Java)
    python bench/check_pages.py http://localhost:8000 --vnu node_modules/vnu-jar/build/dist/vnu.jar

vnu is not part of the project: tests/templates/test_every_page_type.py guards what it found. Exits with 1 on
an error of vnu or a page of more than 25 KB.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter, deque
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

MAX_BYTES = 25 * 1024
START = ("/", "/no-existe/", "/buscar/", "/buscar/?q=salud", "/buscar/?q=xyzzy", "/glosario/", "/cambios/")
SKIPPED = re.compile(r"^/(admin|cuenta|static|media|documents|compartir|buscar/resultados)|\.\w{2,12}$")
LINK = re.compile(r'href="([^"#]+)')


def read(url: str) -> tuple[str, bytes]:
    """Return the content type and the body of an address, of an error page too."""
    try:
        with urlopen(url) as response:
            return response.headers.get_content_type(), response.read()
    except HTTPError as error:
        return error.headers.get_content_type(), error.read()


def crawl(base: str, most: int) -> dict[str, bytes]:
    """Return up to ``most`` pages of the portal by path, following links."""
    waiting, seen, pages = deque(START), set(START), dict[str, bytes]()
    while waiting and len(pages) < most:
        path = waiting.popleft()
        kind, body = read(base + path)
        if kind != "text/html":
            continue
        pages[path] = body
        for link in LINK.findall(body.decode()):
            parts = urlsplit(link.replace("&amp;", "&"))
            target = f"{parts.path}?{parts.query}" if parts.query else parts.path
            is_ours = parts.path.startswith("/") and parts.netloc in ("", urlsplit(base).netloc)
            if is_ours and target not in seen and not SKIPPED.search(parts.path):
                seen.add(target)
                waiting.append(target)
    return pages


def run_vnu(jar: Path, pages: dict[str, bytes]) -> Counter[str]:
    """Return the errors of vnu with the number of pages that have each."""
    with tempfile.TemporaryDirectory() as folder:
        for number, body in enumerate(pages.values()):
            (Path(folder) / f"{number}.html").write_bytes(body)
        command = ["java", "-jar", str(jar), "--format", "json", "--errors-only", folder]
        found = subprocess.run(command, capture_output=True, text=True, check=False)
    return Counter(message["message"] for message in json.loads(found.stderr)["messages"])


def main() -> int:
    """Report and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("base")
    parser.add_argument("--vnu", type=Path, help="the file vnu.jar")
    parser.add_argument("--most", type=int, default=300)
    options = parser.parse_args()
    pages = crawl(options.base.rstrip("/"), options.most)
    sizes = {path: len(gzip.compress(body, 9)) for path, body in pages.items()}
    heaviest = max(sizes, key=lambda path: sizes[path])
    print(f"{len(pages)} pages, the heaviest {sizes[heaviest] / 1024:.1f} KB: {heaviest}")
    errors = run_vnu(options.vnu, pages) if options.vnu else Counter()
    for message, count in errors.most_common():
        print(f"{count} × {message}")
    print(f"vnu: {errors.total()} errors" if options.vnu else "vnu: not run")
    return int(bool(errors) or sizes[heaviest] > MAX_BYTES)


if __name__ == "__main__":
    sys.exit(main())
