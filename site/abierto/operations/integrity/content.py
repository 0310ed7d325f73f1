"""Integrity checks of figures, evidence, handovers, SDG titles, trees and addresses."""

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q
from treebeard.mp_tree import MP_Node
from wagtail.models import Collection, Page

from abierto.acts.handover import ONE_DAY
from abierto.acts.models import HandoverAct
from abierto.registry.models import SDGGoal, SDGTarget, Seat
from abierto.registry.sdg import goals
from abierto.spaces.enums import ProposalStatus
from abierto.tenancy.tree_paths import parent_path
from pages.figures.projection.store import find_drift
from pages.plans.commitments import CommitmentPage
from pages.plans.inlines import CommitmentParty
from pages.updates.inlines import UpdateRow
from pages.updates.models import ProgressUpdatePage

from .findings import IntegrityFinding

FIX_FIGURE = "Publica de nuevo, con su aprobación, cualquier avance de ese plan."
FIX_EVIDENCE = "Corrige el avance: su acción o su prueba prometida ya no existe."

#: Ids of promised means by action, by path of the commitment.
PromisedMeans = dict[str, dict[UUID, set[str]]]


def find_drifted_figures() -> Iterator[IntegrityFinding]:
    """Yield stored figures that differ from the live pages."""
    for message in find_drift():
        yield IntegrityFinding(message, FIX_FIGURE)


def find_orphan_evidence() -> Iterator[IntegrityFinding]:
    """Yield rows of updates without an action, and evidence for means that do not exist."""
    promises = _promised_means()
    updates = ProgressUpdatePage.objects.public().source_language().order_by("path")
    for update in updates.prefetch_related("rows"):
        actions = promises.get(parent_path(update.path), {})
        for row in update.rows.all():
            yield from _find_orphans(update, row, actions)


def _find_orphans(
    update: ProgressUpdatePage, row: UpdateRow, actions: dict[UUID, set[str]]
) -> Iterator[IntegrityFinding]:
    if row.action_key not in actions:
        yield IntegrityFinding(f"«{update.title}» reporta una acción que ya no existe.", FIX_EVIDENCE)
        return
    for block in row.evidence:
        key = block.value.get("means_key")
        if key and key not in actions[row.action_key]:
            yield IntegrityFinding(f"«{update.title}» prueba algo que nadie prometió.", FIX_EVIDENCE)


def _promised_means() -> PromisedMeans:
    promises: PromisedMeans = defaultdict(dict)
    public = CommitmentPage.objects.public().source_language()
    for commitment in public.prefetch_related("actions"):
        promises[commitment.path] = {
            action.translation_key: {str(block.id) for block in action.means}
            for action in commitment.actions.all()
        }
    return dict(promises)


FIX_HANDED_OVER = "Pon a la sucesora, o la fecha en que terminó, y envíalo a revisión."
FIX_INSTITUTION = "Corrige en el registro la fecha final y la sucesora, y envíalo a revisión."


def find_incomplete_handovers() -> Iterator[IntegrityFinding]:
    """Yield public parties and seats that still refer to an institution after its handover."""
    acts = HandoverAct.objects.filter(status=ProposalStatus.CONFIRMED)
    for act in acts.select_related("predecessor", "successor").order_by("pk"):
        old = act.predecessor
        if old.valid_until is None or old.successor_id is None:
            yield IntegrityFinding(
                f"«{old}» ya tuvo su relevo y su ficha no dice que terminó.", FIX_INSTITUTION
            )
        after = Q(valid_until__isnull=True) | Q(valid_until__gte=act.ended_on + ONE_DAY)
        parties = CommitmentParty.objects.filter(after, institution=old, page__live=True)
        for row in parties.select_related("page").order_by("pk"):
            yield IntegrityFinding(f"«{row.page}» todavía nombra a «{old}», que ya terminó.", FIX_HANDED_OVER)
        for seat in Seat.objects.filter(after, institution=old, live=True).order_by("pk"):
            yield IntegrityFinding(
                f"El asiento de {seat} todavía es de «{old}», que ya terminó.", FIX_HANDED_OVER
            )


FIX = "Ejecuta: manage.py shell -c «from abierto.registry.sdg import load_sdg; load_sdg()»"


def find_changed_goals() -> Iterator[IntegrityFinding]:
    """Yield goals and targets that differ from the data file or are not in it."""
    shipped = {str(goal.number): goal.title for goal in goals()}
    targets = {code: title for goal in goals() for code, title in goal.targets.items()}
    stored = {str(number): title for number, title in SDGGoal.objects.values_list("number", "title")}
    stored |= dict(SDGTarget.objects.values_list("code", "title"))
    for code, title in sorted(stored.items()):
        if (shipped | targets).get(code) != title:
            yield IntegrityFinding(
                f"El objetivo o la meta {code} de los ODS dice «{title}» y no es de la lista.", FIX
            )


FIX_TREE = "Respalda la base y ejecuta: manage.py fixtree"
FIX_ADDRESS = "Abre la página en el administrador, guárdala y pide su aprobación."

#: Order of the five lists of treebeard's ``find_problems``.
PROBLEMS = (
    "tiene letras extrañas en su lugar del árbol",
    "tiene un lugar del árbol de largo imposible",
    "no tiene página madre",
    "dice una profundidad que no es la suya",
    "dice un número de hijas que no es el suyo",
)


def find_tree_problems() -> Iterator[IntegrityFinding]:
    """Yield treebeard's findings in the page and collection trees."""
    yield from _find_problems(Page, "La página")
    yield from _find_problems(Collection, "La colección")


def _find_problems(model: type[MP_Node], subject: str) -> Iterator[IntegrityFinding]:
    for words, ids in zip(PROBLEMS, model.find_problems(), strict=True):
        for pk in ids:
            yield IntegrityFinding(f"{subject} {pk} {words}.", FIX_TREE)


def find_wrong_url_paths() -> Iterator[IntegrityFinding]:
    """Yield pages whose ``url_path`` is not their parent's plus their slug."""
    addresses: dict[str, str] = {}
    pages = Page.objects.order_by("path").values_list("pk", "path", "depth", "slug", "url_path")
    for pk, path, depth, slug, url_path in pages.iterator(chunk_size=2000):
        addresses[path] = url_path
        parent = addresses.get(parent_path(path))
        expected = "/" if depth == 1 else f"{parent}{slug}/"
        # Orphans are reported by the tree check.
        if url_path != expected and (depth == 1 or parent is not None):
            yield IntegrityFinding(
                f"La página {pk} dice «{url_path}» y debería decir «{expected}».", FIX_ADDRESS
            )
