"""The trees of pages and collections, and the addresses that hang from them."""

from collections.abc import Iterator

from treebeard.mp_tree import MP_Node
from wagtail.models import Collection, Page

from .findings import Finding

FIX_TREE = "Respalda la base y ejecuta: manage.py fixtree"
FIX_ADDRESS = "Abre la página en el administrador, guárdala y pide su aprobación."

#: The five lists of treebeard's ``find_problems``, in its order.
PROBLEMS = (
    "tiene letras extrañas en su lugar del árbol",
    "tiene un lugar del árbol de largo imposible",
    "no tiene página madre",
    "dice una profundidad que no es la suya",
    "dice un número de hijas que no es el suyo",
)


def tree_problems() -> Iterator[Finding]:
    """Yield what treebeard finds wrong in either tree."""
    yield from _problems_of(Page, "La página")
    yield from _problems_of(Collection, "La colección")


def _problems_of(model: type[MP_Node], subject: str) -> Iterator[Finding]:
    for words, ids in zip(PROBLEMS, model.find_problems(), strict=True):
        for pk in ids:
            yield Finding(f"{subject} {pk} {words}.", FIX_TREE)


def wrong_addresses() -> Iterator[Finding]:
    """Yield pages whose address is not their parent's plus their own slug."""
    addresses: dict[str, str] = {}
    pages = Page.objects.order_by("path").values_list("pk", "path", "depth", "slug", "url_path")
    for pk, path, depth, slug, url_path in pages.iterator(chunk_size=2000):
        addresses[path] = url_path
        parent = addresses.get(path[: -Page.steplen])
        expected = "/" if depth == 1 else f"{parent}{slug}/"
        # Orphans are the tree's problem, not the address's.
        if url_path != expected and (depth == 1 or parent is not None):
            yield Finding(f"La página {pk} dice «{url_path}» y debería decir «{expected}».", FIX_ADDRESS)
