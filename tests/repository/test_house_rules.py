"""The limits for readable code (CONTRIBUTING.md, “House rules”)."""

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from .files import APP_FOLDERS, CODE_FOLDERS, ROOT, name_of, project_files, python_files

pytestmark = pytest.mark.slow

MODULE_LINES = 400
#: One file on purpose: it runs before anything is installed.
LAUNCHER_LINES = 450
FUNCTION_LINES = 50
TEMPLATE_LINES = 120
TEMPLATE_LINE_LENGTH = 140
PUBLIC_TEMPLATES = ("pages", "blocks", "components", "search", "navigation", "base.html")
LEFT_FOR_LATER = re.compile(r"(#|//|/\*|\{#|<!--).*\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
INLINE = re.compile(r"""<style\b|\sstyle=|\son[a-z]+=["']|<script(?![^>]*(\bsrc=|application/(ld\+)?json))""")
ONLY_IMPORTED_BELOW = {
    "tantivy": "search/engines/embedded",
    "elasticsearch": "search/engines/elasticsearch",
    "elasticsearch_dsl": "search/engines/elasticsearch",
    "elastic_transport": "search/engines/elasticsearch",
}
READS_ENVIRONMENT = {"site/abierto/settings/environment.py", "site/abierto/wsgi.py"}


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


@dataclass(frozen=True)
class Module:
    """The facts about a Python file that the rules need, read once for all of them."""

    lengths: dict[str, int]
    imported: frozenset[str]
    blind: tuple[int, ...]
    asserts: tuple[int, ...]


@cache
def module(path: Path) -> Module:
    """Return the lengths of a file's functions, its imported packages and its broad exception handlers."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    handlers = [node for node in nodes if isinstance(node, ast.ExceptHandler)]
    return Module(
        lengths={f"{one.name}:{one.lineno}": one.end_lineno - one.lineno + 1 for one in functions},
        imported=frozenset(name.partition(".")[0] for node in nodes for name in named_by(node)),
        blind=tuple(handler.lineno for handler in handlers if swallows_anything(handler)),
        asserts=tuple(node.lineno for node in nodes if isinstance(node, ast.Assert)),
    )


def named_by(node: ast.AST) -> list[str]:
    """Return the modules that a statement imports by their full names."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module]
    return []


def public_templates() -> list[Path]:
    folder = ROOT / "templates"
    return [
        path
        for path in project_files()
        if path.is_relative_to(folder) and path.relative_to(folder).parts[0] in PUBLIC_TEMPLATES
    ]


def test_modules_are_short():
    modules = [ROOT / "manage.py", *python_files(*CODE_FOLDERS)]
    assert {name_of(path): n for path in modules if (n := line_count(path)) > MODULE_LINES} == {}
    assert line_count(ROOT / "run.py") <= LAUNCHER_LINES


def test_functions_are_short():
    long = {
        f"{name_of(path)}:{function}": length
        for path in [ROOT / "run.py", *python_files(*CODE_FOLDERS)]
        for function, length in module(path).lengths.items()
        if length > FUNCTION_LINES
    }
    assert long == {}


def all_templates() -> list[Path]:
    templates = [path for path in project_files() if path.suffix == ".html" and "templates" in path.parts]
    assert templates
    return templates


def test_templates_are_short():
    assert {name_of(path): n for path in all_templates() if (n := line_count(path)) > TEMPLATE_LINES} == {}


def test_template_lines_are_short():
    long = {
        f"{name_of(path)}:{number}": len(line)
        for path in all_templates()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > TEMPLATE_LINE_LENGTH
    }
    assert long == {}


def swallows_anything(handler: ast.ExceptHandler) -> bool:
    """Check whether a handler catches every exception and does not re-raise it; cleaning up and raising is
    fine.
    """
    named = handler.type is not None and not (
        isinstance(handler.type, ast.Name) and handler.type.id in {"Exception", "BaseException"}
    )
    last = handler.body[-1]
    return not named and not (isinstance(last, ast.Raise) and last.exc is None)


def test_exceptions_are_caught_by_name():
    blind = [
        f"{name_of(path)}:{line}"
        for path in [ROOT / "run.py", *python_files(*CODE_FOLDERS)]
        for line in module(path).blind
    ]
    assert blind == []


def test_app_code_has_no_asserts():
    """``python -O`` removes every assert, with the calls in it."""
    asserts = [
        f"{name_of(path)}:{line}"
        for path in [ROOT / "run.py", ROOT / "manage.py", *python_files(*APP_FOLDERS)]
        for line in module(path).asserts
    ]
    assert asserts == []


def test_no_todo_comments():
    written = [path for path in project_files() if path.suffix in {".py", ".html", ".css", ".js"}]
    left = [
        f"{name_of(path)}:{number}"
        for path in written
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if LEFT_FOR_LATER.search(line)
    ]
    assert left == []


def test_public_templates_have_no_inline_scripts_or_styles():
    inline = [
        f"{name_of(path)}:{number}"
        for path in public_templates()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if INLINE.search(line)
    ]
    assert inline == []


def test_search_libraries_stay_behind_the_engine_interface():
    importers = {
        library: [name_of(path) for path in python_files(*APP_FOLDERS) if library in module(path).imported]
        for library in ONLY_IMPORTED_BELOW
    }
    assert importers["tantivy"]
    assert importers["elasticsearch"]
    elsewhere = {
        library: path
        for library, folder in ONLY_IMPORTED_BELOW.items()
        for path in importers[library]
        if not path.startswith((f"{folder}/", f"{folder}.py"))
    }
    assert elsewhere == {}


def test_environment_is_read_in_one_module():
    readers = {
        name_of(path)
        for path in python_files(*APP_FOLDERS)
        if re.search(r"\bos\.(environ|getenv)\b", path.read_text(encoding="utf-8"))
    }
    assert readers <= READS_ENVIRONMENT


def test_app_code_imports_its_models():
    """A model looked up by its name hides an import circle, or a higher layer."""
    named = re.compile(r"""\bget_model\(\s*["']""")
    lookups = [
        name_of(path)
        for path in python_files(*APP_FOLDERS)
        if "migrations" not in path.parts and named.search(path.read_text(encoding="utf-8"))
    ]
    assert lookups == []
