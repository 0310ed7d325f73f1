"""The plans: what was promised, by whom, by when, and what was to prove it."""

from abierto.demo.loader.body import body, notice, stream
from abierto.demo.loader.content import Entry, only, read
from abierto.demo.loader.registry import Registry
from abierto.demo.loader.tree import Planting
from abierto.registry.models import SDGTarget
from abierto.registry.sdg import normalise_code
from blocks.evidence import MeansCadence, MeansKind
from pages.plans.commitments import CommitmentPage
from pages.plans.enums import PartyRole
from pages.plans.inlines import CommitmentAction, CommitmentParty
from pages.plans.models import AxisPage, PlanIndexPage, PlanPage

PLAN_FIELDS = (
    *("title", "summary", "level", "kind", "status", "period_start", "period_end"),
    *("objective", "target_text", "source_note", "cadence_months", "grace_days"),
    *("roll_up", "stage_counts_as", "missing_counts_as"),
)
AXIS_FIELDS = ("title", "summary", "justification", "objective", "expected_effect")
COMMITMENT_FIELDS = (
    *("code", "title", "summary", "official_name", "problem", "objective", "citizen_purpose"),
    *("relevance", "start", "end", "sdg_note"),
)
ACTION_FIELDS = ("number", "title", "text", "deliverable", "start", "end")


def load_plan(planting: Planting, index: PlanIndexPage, name: str, registry: Registry) -> PlanPage:
    """Place the plan of the content file ``name`` with its axes and commitments."""
    content = read(name)
    entry = content["plan"]
    plan = planting.plant(index, PlanPage, entry["slug"], **only(entry, *PLAN_FIELDS), body=plan_body(entry))
    for axis_entry in content["axis"]:
        code = axis_entry.get("letter") or str(axis_entry["number"])
        axis = planting.plant(plan, AxisPage, axis_entry["slug"], **only(axis_entry, *AXIS_FIELDS), code=code)
        for line in axis_entry.get("line", []):
            add_line(planting, axis, line)
        for commitment in axis_entry.get("commitment", []):
            add_commitment(planting, axis, commitment, registry, content.get("means", {}))
    return plan


def plan_body(entry: Entry) -> str:
    """Return what a plan says beside its objective."""
    sections = []
    if "context" in entry:
        sections.append({"heading": "De dónde viene", "text": entry["context"]})
    if "specific_objectives" in entry:
        sections.append({"heading": "Objetivos específicos", "list": entry["specific_objectives"]})
    return body(entry["slug"], sections)


def add_line(planting: Planting, axis: AxisPage, line: Entry) -> CommitmentPage:
    """Place a line of action of a work plan: it promises and is not measured."""
    slug = line["code"].lower().replace(".", "-")
    return planting.plant(
        axis, CommitmentPage, slug, title=line["title"], code=line["code"], summary=line["text"]
    )


def add_commitment(
    planting: Planting, axis: AxisPage, entry: Entry, registry: Registry, means: Entry
) -> CommitmentPage:
    """Place a commitment with its parties, actions and goals."""
    found = planting.find(axis, CommitmentPage, entry["slug"])
    if found is not None:
        return found
    page = CommitmentPage(slug=entry["slug"], **only(entry, *COMMITMENT_FIELDS))
    page.body = stream(entry["slug"], [notice(entry["note"])] if "note" in entry else [])
    page.parties = [party(row, registry) for row in entry["party"]]
    page.actions = [action(row, entry, means) for row in entry["action"]]
    page.sdg_targets = SDGTarget.objects.filter(code__in=sdg_codes(entry))
    return planting.place(axis, page)


def party(row: Entry, registry: Registry) -> CommitmentParty:
    """Return an unsaved party: institution, person and post."""
    return CommitmentParty(
        role=row.get("role", PartyRole.RESPONSIBLE),
        institution=registry.institutions[row["institution"]],
        person=registry.people[row["person"]],
        post=row["post"],
    )


def action(row: Entry, commitment: Entry, means: Entry) -> CommitmentAction:
    """Return an unsaved action with the proof that its sheet promised."""
    address = f"{commitment['slug']}/{row['number']}"
    promised = [means[name] for name in commitment.get("means", [])]
    promised += [own for own in commitment.get("own_means", []) if row["number"] in own["actions"]]
    return CommitmentAction(
        **only(row, *ACTION_FIELDS), means=stream(address, [("means", proof(entry)) for entry in promised])
    )


def proof(entry: Entry) -> dict[str, str]:
    """Return a promised means of verification; the address goes with the words."""
    text = f"{entry['text']}: {entry['url']}" if "url" in entry else entry["text"]
    return {
        "text": text,
        "kind": MeansKind.WEBSITE.value if "url" in entry else MeansKind.PUBLICATION.value,
        "cadence": entry.get("cadence", MeansCadence.ONCE.value),
    }


def sdg_codes(entry: Entry) -> list[str]:
    """Return the targets of a sheet that the closed list has; the others are told in ``sdg_note``."""
    return [code for printed in entry.get("sdg", []) if (code := normalise_code(printed))]
