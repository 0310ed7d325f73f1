"""Plans with their axes, commitments, parties and actions."""

from abierto.demo.loader.body import build_body, build_notice, build_stream
from abierto.demo.loader.content import Entry, read_content, select_fields, source_fields
from abierto.demo.loader.page_loader import PageLoader
from abierto.demo.loader.registry import Registry
from abierto.registry.models import SDGTarget
from abierto.registry.sdg import normalise_code
from blocks.evidence import MeansCadence, MeansKind
from pages.plans.commitments import CommitmentPage
from pages.plans.enums import PartyRole
from pages.plans.inlines import CommitmentAction, CommitmentParty
from pages.plans.models import AxisPage, PlanIndexPage, PlanPage

PLAN_FIELDS = (
    *("title", "summary", "level", "kind", "status", "period_start", "is_start_assumed", "period_end"),
    *("objective", "target_text", "source_note", "cadence_months", "grace_days"),
    *("roll_up", "stage_counts_as", "missing_counts_as"),
)
AXIS_FIELDS = ("title", "summary", "justification", "objective", "expected_effect")
COMMITMENT_FIELDS = (
    *("code", "title", "summary", "official_name", "problem", "objective", "citizen_purpose"),
    *("relevance", "start", "end", "sdg_note", "official_text"),
)
ACTION_FIELDS = ("number", "title", "text", "official_text", "deliverable", "start", "end")


def load_plan(loader: PageLoader, index: PlanIndexPage, name: str, registry: Registry) -> PlanPage:
    """Load the plan of the content file ``name`` with axes and commitments."""
    content = read_content(name)
    entry = content["plan"]
    source = source_fields(content)
    plan = loader.get_or_add(
        index,
        PlanPage,
        entry["slug"],
        **select_fields(entry, *PLAN_FIELDS),
        **source,
        body=build_plan_body(entry),
    )
    for axis_entry in content["axis"]:
        code = axis_entry.get("letter") or str(axis_entry["number"])
        axis = loader.get_or_add(
            plan, AxisPage, axis_entry["slug"], **select_fields(axis_entry, *AXIS_FIELDS), **source, code=code
        )
        for line in axis_entry.get("line", []):
            add_line_of_action(loader, axis, line, source)
        for commitment in axis_entry.get("commitment", []):
            add_commitment(loader, axis, commitment, registry, content)
    return plan


def build_plan_body(entry: Entry) -> str:
    """Return the body sections of a plan: context and specific objectives."""
    sections = []
    if "context" in entry:
        sections.append({"heading": "De dónde viene", "text": entry["context"]})
    if "specific_objectives" in entry:
        sections.append({"heading": "Objetivos específicos", "list": entry["specific_objectives"]})
    return build_body(entry["slug"], sections)


def add_line_of_action(loader: PageLoader, axis: AxisPage, line: Entry, source: Entry) -> CommitmentPage:
    """Add a line of action of a work plan, which is not measured."""
    slug = line["code"].lower().replace(".", "-")
    return loader.get_or_add(
        axis, CommitmentPage, slug, title=line["title"], code=line["code"], summary=line["text"], **source
    )


def add_commitment(
    loader: PageLoader, axis: AxisPage, entry: Entry, registry: Registry, content: Entry
) -> CommitmentPage:
    """Add a commitment with parties, actions and SDG targets."""
    found = loader.find(axis, CommitmentPage, entry["slug"])
    if found is not None:
        return found
    page = CommitmentPage(
        slug=entry["slug"],
        is_code_ours=entry.get("code_is_ours", False),
        **select_fields(entry, *COMMITMENT_FIELDS),
        **source_fields(content),
    )
    means = content.get("means", {})
    page.body = build_stream(entry["slug"], [build_notice(entry["note"])] if "note" in entry else [])
    page.parties = [build_party(row, registry) for row in entry["party"]]
    page.actions = [build_action(row, entry, means) for row in entry["action"]]
    page.sdg_targets = SDGTarget.objects.filter(code__in=known_sdg_codes(entry))
    return loader.add(axis, page)


def build_party(row: Entry, registry: Registry) -> CommitmentParty:
    """Return an unsaved party with the institution and person that its keys name."""
    return CommitmentParty(
        role=row.get("role", PartyRole.RESPONSIBLE),
        institution=registry.institutions[row["institution"]],
        person=registry.people[row["person"]],
        post=row["post"],
    )


def build_action(row: Entry, commitment: Entry, means: Entry) -> CommitmentAction:
    """Return an unsaved action with its promised means."""
    address = f"{commitment['slug']}/{row['number']}"
    promised = [means[name] for name in commitment.get("means", [])]
    promised += [own for own in commitment.get("own_means", []) if row["number"] in own["actions"]]
    return CommitmentAction(
        **select_fields(row, *ACTION_FIELDS),
        means=build_stream(address, [("means", build_means(entry)) for entry in promised]),
    )


def build_means(entry: Entry) -> dict[str, str]:
    """Return a means block value; an address is appended to the text."""
    text = f"{entry['text']}: {entry['url']}" if "url" in entry else entry["text"]
    return {
        "text": text,
        "kind": MeansKind.WEBSITE.value if "url" in entry else MeansKind.PUBLICATION.value,
        "cadence": entry.get("cadence", MeansCadence.UNKNOWN.value),
    }


def known_sdg_codes(entry: Entry) -> list[str]:
    """Return the targets that the SDG list has; ``sdg_note`` explains the others."""
    return [code for printed in entry.get("sdg", []) if (code := normalise_code(printed))]
