"""The benchmarks, each a ratio against a baseline measured in the same run.

python bench/run.py [NAME] [--json] [--quick]
python bench/run.py scale --passages 1000000 [--copies 8] [--engine embedded]

``pages``: five pages of the portal against a bare Wagtail page of the same gunicorn, in turns.
``publish``: approving one update on a site of 100 pages and on one of 10,000, in turns.
``search``: a question, a filter and a suggestion in 1,000 to 100,000 passages, against the bare library; the
whole page of results at the largest size, as the server sends it; and how well the demo content answers the
judged questions, with and without its glossary.
``readability``: score and findings of 10,000 words of Spanish, against finding its words with
a regular expression.
``privacy``: a megabyte of text searched for personal data, against one bare expression.
``extract``: the text of a PDF of 100 pages, against one of a single page.
``saving``: saving and sending a page with plain language and the privacy gate, against neither, in pairs.
``scale``: one index of ``--passages`` on a cluster of three servers, with memory, disk and processor time.
``provision``: all 46 municipalities with one command, new and again.
``load``: 500 readers and 46 municipalities, and the same while the worker is killed, PostgreSQL restarted, a
server of Elasticsearch killed, the disk full, the clock set back, the mail server away, the index read-only:
what was acknowledged and lost, withdrawn and visible, answered with 500, and the seconds to recover.
``soak``: the memory of web server and worker during ``--minutes`` of reading, approving and withdrawing.
``restoring``: a backup and its restoration with files of 10 MB to 10 GB, which take 40 GB of disk.
``rulings``: 300 rulings with their files from one spreadsheet: checked, loaded and undone.
``imports``: the dry run of a spreadsheet with 5,000 actions.
``api``: the list of 100 commitments in the open-data API, against the page of their plan, in turns.
``tenancy``: the screens of a municipal editor in a portal of 46 municipalities, 200 pages each, and with
that municipality alone, in turns.
"""

import argparse
import json
import multiprocessing
import statistics
import sys
import tempfile
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from bench import environment  # noqa: E402

SMALL, LARGE = 100, 10_000
TOWNS, PAGES_OF_A_TOWN = 46, 200
MAX_TIMES_SLOWER = 1.3


def pages(folder: Path, quick: bool) -> dict:
    environment.use_folder(folder)
    environment.load_content()
    from bench.public_pages import measure_pages

    return measure_pages(rounds=3 if quick else 12, requests=10 if quick else 40)


def publisher(folder: Path, size: int, pipe: Connection) -> None:
    """Prepare a site of ``size`` pages in its own process, then publish on each command."""
    environment.use_folder(folder)
    environment.load_content()
    from django.core.management import call_command

    from bench import publishing

    pipe.send(publishing.grow(size))
    call_command("search", "rebuild", verbosity=0, stdout=sys.stderr)
    pipe.send("ready")
    actions = {"approve": publishing.approve, "count": publishing.count_queries}
    while order := pipe.recv():
        action, turn = order
        pipe.send(actions[action](turn))


def publish(folder: Path, quick: bool) -> dict:
    """Measure publishing on both sites, in turns."""
    sizes = (SMALL, LARGE // 10 if quick else LARGE)
    context = multiprocessing.get_context("spawn")
    pipes, results, turns = {}, {}, 3 if quick else 15
    for size in sizes:
        pipes[size], theirs = context.Pipe()
        context.Process(target=publisher, args=(folder / str(size), size, theirs), daemon=True).start()
    for size in sizes:
        results[size] = {"pages": pipes[size].recv(), "seconds": []}
        pipes[size].recv()
    for turn in range(turns + 2):
        for size in sizes if turn % 2 else reversed(sizes):
            seconds = ask(pipes[size], "approve", turn)
            if turn > 1:  # the first two warm the caches of the process
                results[size]["seconds"].append(seconds)
    for size in sizes:
        results[size]["queries"] = ask(pipes[size], "count", turns + 2)
        pipes[size].send(None)
    return summary(*(results[size] for size in sizes))


def search(folder: Path, quick: bool) -> dict:
    """Measure searches in indexes of growing size, and evaluate the demo content."""
    environment.use_folder(folder)
    from bench.judged_search import measure_judged
    from bench.search_page import measure_search_page
    from bench.searching import measure_search

    sizes = (200, 1_000, 2_000) if quick else (1_000, 10_000, 100_000)
    environment.load_content()
    speed = measure_search(folder / "sizes", sizes, questions=20 if quick else 300)
    judged = measure_judged(ROOT / "tests" / "search" / "judged")
    return speed | {"judged": judged, "page": measure_search_page(sizes[-1], questions=60 if quick else 300)}


def freshness(folder: Path, quick: bool) -> dict:
    """Measure how soon a page saved in one process is found from another."""
    results = {}
    for writers in (1, 4):
        pipe, theirs = multiprocessing.get_context("spawn").Pipe()
        arguments = (folder / str(writers), writers, 5 if quick else 40, theirs)
        multiprocessing.get_context("spawn").Process(target=_freshness, args=arguments).start()
        results[f"{writers} writing"] = pipe.recv()
    return results


def readability(folder: Path, quick: bool) -> dict:
    """Measure the review of 10,000 words."""
    environment.use_folder(folder)
    from bench.readability import measure_readability

    return measure_readability(rounds=3 if quick else 20)


def _freshness(folder: Path, writers: int, pages: int, pipe: Connection) -> None:
    environment.use_folder(folder)
    environment.load_content()
    from bench.freshness import measure_freshness

    pipe.send(measure_freshness(writers, pages))


def privacy(folder: Path, quick: bool) -> dict:
    environment.use_folder(folder)
    from bench.privacy import measure_privacy

    return measure_privacy(ROOT, rounds=1 if quick else 7)


def extract(folder: Path, quick: bool) -> dict:
    environment.use_folder(folder)
    from bench.privacy import measure_extraction

    return measure_extraction(folder, pages=10 if quick else 100)


def saving(folder: Path, quick: bool) -> dict:
    environment.use_folder(folder)
    environment.load_content()
    from bench.saving import measure_saving

    return measure_saving(ROOT, turns=3 if quick else 40)


def provision(folder: Path, quick: bool) -> dict:
    environment.use_folder(folder)
    from bench.provisioning import measure_provisioning

    return measure_provisioning()


def rulings(folder: Path, quick: bool) -> dict:
    environment.use_folder(folder)
    from bench.ruling_load import measure_ruling_load

    return measure_ruling_load(20 if quick else 300)


def imports(folder: Path, quick: bool) -> dict:
    environment.use_folder(folder)
    from bench.import_check import measure_import_check

    return measure_import_check(200 if quick else 5_000)


def api(folder: Path, quick: bool) -> dict:
    environment.use_folder(folder)
    from bench.api_list import measure_api_list

    return measure_api_list(commitments=20 if quick else 100, turns=3 if quick else 20)


def load(folder: Path, quick: bool) -> dict:
    """Measure what load and faults lose, on one machine and on several: it is not run by default."""
    from bench.faults.portals import send_rows_of_cluster, send_rows_of_one_machine

    portals = {"one machine": send_rows_of_one_machine, "cluster": send_rows_of_cluster}
    rows: dict[str, dict] = {}
    for name, send_rows in list(portals.items())[: 1 if quick else None]:
        pipe, theirs = multiprocessing.get_context("spawn").Pipe()
        arguments = (folder / name.replace(" ", "-"), quick, theirs)
        process = multiprocessing.get_context("spawn").Process(target=send_rows, args=arguments)
        process.start()
        theirs.close()
        while row := pipe.recv():
            rows[f"{name}: {row[0]}"] = row[1]
            print(name, *row, file=sys.stderr, flush=True)
        process.join()
    return rows


def restoring(folder: Path, quick: bool) -> dict:
    """Measure backup and restoration. It is not among those that run by default."""
    (folder / "portal").mkdir()
    environment.use_folder(folder / "portal")
    from bench.restoring import FEW_SIZES, SIZES, measure_restoring

    return measure_restoring(folder, FEW_SIZES if quick else SIZES)


def soak(folder: Path, quick: bool, minutes: float) -> dict:
    """Measure memory over so many minutes. It is not among those that run by default."""
    from bench.faults.portals import use_one_machine

    with use_one_machine(folder):
        from bench.faults.soak import measure_soak

        return measure_soak(folder, 0.5 if quick else minutes)


def scale(folder: Path, quick: bool, passages: int, engine: str, copies: int) -> dict:
    """Measure an index of this size. It is not among those that run by default."""
    environment.use_folder(folder / "portal")
    from bench.scale import measure_scale

    return measure_scale(folder, passages, 40 if quick else 300, engine, copies)


def town_editor(folder: Path, towns: int, pages: int, pipe: Connection) -> None:
    """Prepare a portal of so many municipalities in its own process, then open screens on each command."""
    environment.use_folder(folder)
    from bench import tenancy

    pipe.send(tenancy.build_portal(tenancy.list_codes(towns), pages))
    screens = tenancy.Screens()
    pipe.send(list(screens.addresses))
    actions = {"open": screens.measure, "count": screens.count_queries, "steps": screens.count_steps}
    while order := pipe.recv():
        action, screen = order
        pipe.send(actions[action](screen))


def tenancy(folder: Path, quick: bool) -> dict:
    """Open each screen in both portals, in turns."""
    sizes = (1, 4 if quick else TOWNS)
    context = multiprocessing.get_context("spawn")
    pipes = {}
    for size in sizes:
        pipes[size], theirs = context.Pipe()
        arguments = (folder / str(size), size, 30 if quick else PAGES_OF_A_TOWN, theirs)
        context.Process(target=town_editor, args=arguments, daemon=True).start()
        theirs.close()
    built = {size: pipes[size].recv() for size in sizes}
    screens = [pipes[size].recv() for size in sizes][-1]
    return open_screens(pipes, screens, built, turns=3 if quick else 9)


def open_screens(pipes: dict[int, Connection], screens: list[str], built: dict, turns: int) -> dict:
    """Return milliseconds, queries and steps of each screen in both portals, and the ratios of the pairs."""
    alone, together = pipes
    result = {f"{size} of {TOWNS}": built[size] for size in pipes}
    worst = 0.0
    for screen in screens:
        seconds: dict[int, list[float]] = {size: [] for size in pipes}
        for turn in range(turns + 2):
            for size in pipes if turn % 2 else reversed(pipes):
                taken = ask(pipes[size], "open", screen)
                if turn > 1:  # the first two warm the caches of the process
                    seconds[size].append(taken)
        pairs = zip(seconds[together], seconds[alone], strict=True)
        ratio = round(statistics.median(all_towns / one for all_towns, one in pairs), 2)
        worst = max(worst, ratio)
        result[screen] = {
            "alone_ms": round(statistics.median(seconds[alone]) * 1000, 1),
            "together_ms": round(statistics.median(seconds[together]) * 1000, 1),
            "queries": "/".join(str(ask(pipes[size], "count", screen)) for size in pipes),
            "hundreds_of_steps": "/".join(str(ask(pipes[size], "steps", screen)) for size in pipes),
            "times_slower": ratio,
        }
    for pipe in pipes.values():
        pipe.send(None)
    return result | {"worst": worst, "within the limit": worst <= MAX_TIMES_SLOWER}


def ask(pipe: Connection, action: str, what: int | str) -> float:
    """Send a command to a prepared process and wait for its answer."""
    pipe.send((action, what))
    return pipe.recv()


def summary(small: dict, large: dict) -> dict:
    """Return the facts of both sites and the ratio between them: the median of the pairs."""
    pairs = zip(large["seconds"], small["seconds"], strict=True)
    return {
        **{
            name: {
                "pages": site["pages"],
                "median_ms": round(statistics.median(site["seconds"]) * 1000, 1),
                "queries": site["queries"],
            }
            for name, site in (("small", small), ("large", large))
        },
        "times_slower_when_large": round(statistics.median(large / small for large, small in pairs), 2),
    }


def show(name: str, result: dict) -> None:
    """Print a result as a person reads it."""
    print(f"\n{name}")
    for label, facts in result.items():
        text = facts if not isinstance(facts, dict) else "  ".join(f"{key}={facts[key]}" for key in facts)
        print(f"  {label:<24} {text}")


def main() -> int:
    """Run the requested benchmarks; all of them without arguments."""
    benchmarks = {
        "publish": publish,
        "pages": pages,
        "search": search,
        "freshness": freshness,
        "readability": readability,
        "privacy": privacy,
        "extract": extract,
        "saving": saving,
        "provision": provision,
        "rulings": rulings,
        "imports": imports,
        "api": api,
        "tenancy": tenancy,
    }
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    names = [*benchmarks, "load", "soak", "restoring", "scale"]
    parser.add_argument("name", nargs="?", choices=names, help="one; by default all but the last four")
    parser.add_argument("--passages", type=int, default=100_000, help="of scale")
    parser.add_argument("--copies", type=int, default=1, help="of scale: fill this part of it, and copy it")
    parser.add_argument("--minutes", type=float, default=20, help="of soak")
    parser.add_argument("--engine", choices=("elasticsearch", "embedded"), default="elasticsearch")
    parser.add_argument("--json", action="store_true", help="one JSON line on standard output")
    parser.add_argument("--quick", action="store_true", help="few turns: to see that it runs, not to measure")
    arguments = parser.parse_args()
    results = {}
    for name in [arguments.name] if arguments.name else list(benchmarks):
        with tempfile.TemporaryDirectory(prefix="abierto-bench-") as folder:
            if name == "soak":
                benchmark = partial(soak, minutes=arguments.minutes)
            elif name == "scale":
                benchmark = partial(
                    scale, passages=arguments.passages, engine=arguments.engine, copies=arguments.copies
                )
            else:
                benchmark = {**benchmarks, "load": load, "restoring": restoring}[name]
            results[name] = benchmark(Path(folder), arguments.quick)
    if arguments.json:
        print(json.dumps(results))
    else:
        for name, result in results.items():
            show(name, result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
