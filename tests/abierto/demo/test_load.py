"""The rows that ``manage.py demo`` creates."""

import io
import json
import stat
from collections import Counter
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, ReferenceIndex, Site

from abierto.accounts.models import User
from abierto.accounts.totp import code_at
from abierto.approval.models import Approval, ApprovalKind
from abierto.demo.loader.accounts import accounts_file, read_accounts
from abierto.demo.loader.rulings import read_rulings
from abierto.registry.models import GlossaryTerm, Institution, Municipality, SDGTarget, Seat
from abierto.tenancy.access import space_of
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.models import Space
from pages.core.base import BasePage
from pages.declarations.models import DeclarationPage
from pages.figures.models import ProgressFigure
from pages.figures.projection.store import find_drift
from pages.home.models import HomePage
from pages.municipalities.models import MicrositePage
from pages.plans.commitments import CommitmentPage
from pages.plans.inlines import CommitmentAction
from pages.plans.models import AxisPage, PlanPage
from pages.plans.status import find_schedule
from pages.secretariats.sessions import SessionPage
from pages.updates.inlines import UpdateRow
from pages.updates.models import ProgressUpdatePage
from search.models import OutboxEntry

from .case import DemoCase

pytestmark = pytest.mark.slow

AXES = [(51, 50.6), (35, 35), (65, 65), (33, 33), (42, 42), (30, 30), (56, 56)]


def figures(*options: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command("progress", "pal-2022-2024", "--json", *options, stdout=out)
    return json.loads(out.getvalue())


def flat(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [node, *(below for child in node["children"] for below in flat(child))]


class DemoTests(DemoCase):
    """Read-only checks after one load."""

    # --- Figures -----------------------------------------------------------------------------------

    def test_frozen_report_matches_published_figures(self):
        plan = figures("--report", "latest")
        nodes = flat(plan)

        assert [
            sum(node["level"] == level for node in nodes) for level in ("axis", "commitment", "action")
        ] == [
            7,
            13,
            33,
        ]
        assert [(axis["declared"], axis["computed"]) for axis in plan["children"]] == AXES
        assert (plan["declared"], plan["computed"], plan["differs"]) == (42, 44.57, True)
        assert {
            node["code"]: (node["declared"], node["computed"])
            for node in nodes
            if node["differs"] and node["level"] != "plan"
        } == {"1.5": (23, 36.25), "2.1": (35, 33.5), "5.1": (42, 46.25)}

    def test_stages_and_notes_are_stored(self):
        actions = [node for node in flat(figures("--report", "latest")) if node["level"] == "action"]

        assert sum(bool(node["stage"]) for node in actions) == 3
        assert sum("asterisco" in node["note"] for node in actions) == 7

    def test_the_live_figures_are_those_of_the_report(self):
        assert flat(figures()) == flat(figures("--report", "latest"))

    def test_plan_without_reports_has_no_figure(self):
        plan = PlanPage.objects.get(slug="pal-2019-2021")
        rows = ProgressFigure.objects.filter(plan_key=plan.translation_key)

        assert rows.count() == 1 + 7 + 11 + 30
        assert not rows.exclude(declared=None, computed=None, effective=None).exists()

    def test_a_work_plan_is_not_measured(self):
        plan = PlanPage.objects.get(slug="plan-de-trabajo-gobierno-abierto")

        assert CommitmentPage.objects.descendant_of(plan).count() == 22
        assert not ProgressFigure.objects.filter(plan_key=plan.translation_key).exists()

    def test_stored_figures_match_the_pages(self):
        assert find_drift() == []

    def test_rows_refer_to_actions_of_their_commitment(self):
        for update in ProgressUpdatePage.objects.prefetch_related("rows"):
            keys = CommitmentAction.objects.filter(page_id=update.get_parent().pk)
            assert {row.action_key for row in update.rows.all()} == set(
                keys.values_list("translation_key", flat=True)
            )
        assert UpdateRow.objects.filter(locale=Locale.get_default()).count() == 33

    # --- Pages -------------------------------------------------------------------------------------

    def test_every_page_is_live_and_in_the_ledger(self):
        withdrawn = [entry["slug"] for entry in read_rulings() if "withdrawn" in entry]
        for page in Page.objects.filter(depth__gt=1).exclude(slug__in=withdrawn).specific():
            assert isinstance(page, BasePage), page
            assert page.live
            assert page.live_revision_id == page.latest_revision_id is not None
            assert not page.has_unpublished_changes
            assert Approval.covers(page), page
            assert Approval.latest(page).kind == ApprovalKind.IMPORT
            assert Approval.covers_revision(page.live_revision), page

    def test_every_page_and_row_passes_its_own_checks(self):
        checked = 0
        for page in Page.objects.filter(depth__gt=1).specific():
            page.full_clean()
            for relation in get_all_child_relations(type(page)):
                if relation.related_model.__module__.startswith("pages."):
                    for row in getattr(page, relation.get_accessor_name()).all():
                        row.full_clean()
                        checked += 1
        actions, rows, parties, frozen, signatures = 33 + 30, 33, 13 + 12, 1 + 7 + 13 + 33, 6
        groups = sum(len(entry.get("groups", [])) for entry in read_rulings())
        steps = 3 * 13
        english = 33 + 33 + 13 + 1 + 7 + 13 + 33  # actions, rows, parties and the frozen figures of one plan
        assert checked == actions + rows + parties + frozen + signatures + groups + steps + english

    def test_every_body_passes_the_checks_of_its_blocks(self):
        checked = 0
        owners = [
            *Page.objects.filter(depth__gt=1).specific(),
            *CommitmentAction.objects.all(),
            *UpdateRow.objects.all(),
        ]
        for owner in owners:
            for field in owner._meta.get_fields():
                if isinstance(field, StreamField):
                    field.stream_block.clean(getattr(owner, field.name))
                    checked += 1
        assert checked > len(owners) / 2

    def test_home_is_the_site_root_and_shows_the_current_plan(self):
        home = Site.objects.get(is_default_site=True).root_page.specific

        assert isinstance(home, HomePage)
        assert home.current_plan.slug == "pal-2022-2024"
        assert [page.locale.language_code for page in Page.objects.filter(depth=2)] == ["es-mx", "en"]
        assert {page.slug for page in home.get_children().in_menu()} == {
            "planes",
            "sentencias",
            "gobierno-abierto",
            "municipios",
            "participa",
            "acerca-de",
        }

    def test_every_page_is_in_the_outbox(self):
        rows = OutboxEntry.objects.all()
        waiting = {page for row in rows for page in (row.page_id, *row.pages)}

        assert set(Page.objects.filter(depth__gt=1).values_list("pk", flat=True)) <= waiting

    def test_reference_index_is_complete(self):
        plan = PlanPage.objects.source_language().get(slug="pal-2022-2024")

        assert ReferenceIndex.get_references_to(plan).exists()

    def test_misprints_are_corrected_or_noted(self):
        mended = CommitmentPage.objects.get(slug="2-1-sentencias-con-perspectiva-de-genero")
        with_note = CommitmentPage.objects.get(slug="4-1-datos-abiertos-de-leon")

        assert {target.code for target in mended.sdg_targets.all()} == {
            *("5.1", "5.2", "5.5", "5.b", "5.c", "16.7", "16.10", "16.b")
        }
        assert {target.code for target in with_note.sdg_targets.all()} == {"16.5", "16.10"}
        assert "216.6" in with_note.sdg_note

    def test_effect_is_set_only_where_the_sheet_states_one(self):
        stated = AxisPage.objects.exclude(expected_effect="").values_list("code", flat=True)

        assert set(stated) == {"C", "D"}

    def test_the_session_is_at_eleven_in_guanajuato(self):
        session = SessionPage.objects.get()

        assert session.starts_at.isoformat() == "2023-12-04T17:00:00+00:00"
        assert (session.place, session.ends_at) == ("", None)

    def test_no_page_of_the_current_plan_judges_by_an_assumption_or_denies_what_is_unknown(self):
        plan = PlanPage.objects.source_language().get(slug="pal-2022-2024")
        listed = [
            HomePage.objects.source_language().get(),
            plan,
            *CommitmentPage.objects.descendant_of(plan).filter(depth=6),
        ]
        for page in listed:
            html = self.client.get(page.get_url()).content.decode()
            for wrong in ("debajo de", "al ritmo esperado", "Se esperaba", "Nadie ha", "En curso"):
                assert wrong not in html, (page, wrong)
            assert "no conocemos un informe final" in html, page

    def test_a_deadline_that_the_sheet_does_not_give_is_not_the_plans(self):
        plan = PlanPage.objects.get(slug="pal-2019-2021")
        pages = CommitmentPage.objects.descendant_of(plan)

        assert {page.code for page in pages if find_schedule(plan, page).end is None} == {"2.1", "3.1"}

    def test_copied_pages_name_their_document_with_its_own_date(self):
        updates = ProgressUpdatePage.objects.values_list("source_date", flat=True)
        declaration = DeclarationPage.objects.get()
        work_plan = PlanPage.objects.get(slug="plan-de-trabajo-gobierno-abierto")

        assert {str(day) for day in updates} == {"2023-12-04"}
        assert str(declaration.source_date) == "2017-06-22"
        assert (work_plan.source_date, work_plan.status) == (None, "proposal")
        assert not CommitmentPage.objects.filter(source_name="").exists()

    # --- Registry ----------------------------------------------------------------------------------

    def test_goals_municipalities_and_terms_are_loaded(self):
        assert SDGTarget.objects.count() == 169
        assert Municipality.objects.aggregate(total=models.Sum("population"))["total"] == 6_166_934
        assert Municipality.objects.get(aliases="Silao").code == "11037"
        assert "me corrieron" in GlossaryTerm.objects.get(term="despido").synonyms
        assert set(Locale.objects.values_list("language_code", flat=True)) == {"es-mx", "en"}

    def test_institutions_have_ends_and_successors(self):
        inai = Institution.objects.get(acronym="INAI")
        iacip = Institution.objects.get(acronym="IACIP")

        assert (str(inai.valid_until), inai.successor.name) == ("2025-03-20", "Transparencia para el Pueblo")
        assert (iacip.valid_until, iacip.successor.name) == (None, "Secretaría de la Honestidad")

    def test_the_secretariats_have_the_seats_of_the_documents(self):
        seats = Counter(
            (str(seat.secretariat.valid_from or "sin fecha")[:4], seat.role)
            for seat in Seat.objects.select_related("secretariat")
        )

        assert seats == {
            ("2018", "holder"): 9,
            ("2018", "deputy"): 8,
            ("2018", "facilitator"): 1,
            ("sin ", "holder"): 8,
            ("2022", "holder"): 1,
        }

    # --- Spaces and accounts -----------------------------------------------------------------------

    def test_commitments_belong_to_the_responsible_institution(self):
        plan = PlanPage.objects.source_language().get(slug="pal-2022-2024")
        commitments = CommitmentPage.objects.descendant_of(plan)

        assert commitments.count() == 13
        for commitment in commitments:
            party = commitment.parties.get()
            assert space_of(commitment).name == party.institution.name
        assert space_of(plan).kind == "state"
        assert Space.objects.exclude(kind=SpaceKind.MUNICIPALITY).count() == 10

    def test_two_towns_have_their_pages_one_a_roadmap_and_the_others_are_rows(self):
        pages = {page.slug: page for page in MicrositePage.objects.all()}

        assert pages.keys() == {"coroneo", "apaseo-el-alto", "dolores-hidalgo"}
        assert {slug: space_of(page).slug for slug, page in pages.items()} == {slug: slug for slug in pages}
        assert [page.get_children().count() for page in pages.values()] == [2, 2, 1]
        assert Municipality.objects.exclude(external_site_url="").count() == 6
        assert "asesoría del 25 de enero de 2023" in pages["dolores-hidalgo"].municipality.facts

    def test_accounts_have_the_roles_of_the_file(self):
        accounts = read_accounts()

        assert [account.role for account in accounts] == [
            *["Administración"] * 2,
            "Revisión",
            *["Edición"] * 9,
            *["Edición", "Revisión", "Administración"] * 2,
        ]
        for account in accounts:
            user = User.objects.get(username=account.username)
            assert user.is_demo
            assert not user.is_superuser
            assert user.check_password(account.password)
        assert len({account.password for account in accounts}) == 18

    def test_reviewer_and_administrator_have_totp_secrets(self):
        secrets = {
            account.username: account.totp_secret for account in read_accounts() if account.totp_secret
        }

        assert secrets.keys() == {
            *("administracion", "administracion-2", "revision"),
            *("revision-coroneo", "administracion-coroneo"),
            *("revision-apaseo-el-alto", "administracion-apaseo-el-alto"),
        }
        assert len(set(secrets.values())) == 7
        for username, secret in secrets.items():
            authenticator = Authenticator.objects.get(user__username=username)
            assert authenticator.wrap().validate_code(code_at(secret))
            assert secret not in str(authenticator.data)
        assert Authenticator.objects.count() == 7

    def test_reviewer_has_all_spaces_and_editor_one(self):
        reviewer = User.objects.get(username="revision")
        editor = User.objects.get(username="edicion-ousaneg")

        assert set(reviewer.groups.all()) == {space.reviewers for space in Space.objects.all()}
        assert list(editor.groups.all()) == [Space.objects.get(slug="ousaneg").editors]

    def test_two_municipalities_have_people_of_their_own(self):
        for slug in ("coroneo", "apaseo-el-alto"):
            space = Space.objects.get(slug=slug)
            for role in ("editors", "reviewers", "administrators"):
                prefix = {"editors": "edicion", "reviewers": "revision", "administrators": "administracion"}[
                    role
                ]
                user = User.objects.get(username=f"{prefix}-{slug}")
                assert list(user.groups.all()) == [getattr(space, role)]

    def test_accounts_file_has_mode_0600(self):
        path = accounts_file()

        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert [other.name for other in path.parent.iterdir()] == [path.name]
