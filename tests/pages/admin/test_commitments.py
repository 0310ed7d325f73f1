"""The editing form of a commitment in the admin: errors on their fields, and the submitted text."""

import pytest
from django.test import TestCase
from django.urls import reverse

from abierto.registry.models import SDGTarget
from pages.plans.commitments import CommitmentPage
from tests.factories import (
    AxisPageFactory,
    CommitmentPageFactory,
    ProgressUpdatePageFactory,
    SDGTargetFactory,
    published,
)
from tests.pages.admin.worlds import build, errors_of, opened, posted, signed_in

pytestmark = pytest.mark.slow

TYPED = "Nadie sabe en qué se gasta"


class CommitmentFormTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = build()
        SDGTargetFactory(code="16.6")
        published(ProgressUpdatePageFactory(parent=cls.world.north, rows={1: 30}))
        editor = signed_in(cls.world.north_editor)
        cls.form = {**opened(editor, cls.world.north), "problem": TYPED}

    def setUp(self):
        self.editor = signed_in(self.world.north_editor)

    def submit_refused(self, **fields):
        response = posted(self.editor, self.world.north, self.form | fields)
        errors = errors_of(response)
        assert TYPED in response.content.decode()
        return errors

    def latest(self):
        return CommitmentPage.objects.get(pk=self.world.north.pk).get_latest_revision_as_object()

    def test_a_save_makes_a_draft_and_changes_nothing_public(self):
        response = posted(self.editor, self.world.north, self.form)

        assert response.status_code == 302
        assert self.latest().problem == TYPED
        assert CommitmentPage.objects.get(pk=self.world.north.pk).problem == ""

    def test_a_code_that_another_commitment_of_the_plan_has_is_refused(self):
        other = AxisPageFactory(parent=self.world.plan, code="2")
        published(CommitmentPageFactory(parent=other, code="2.1"))

        (sentence,) = self.submit_refused(code="2.1")["code"]

        assert sentence == "Otro compromiso de este plan ya tiene la clave 2.1. Escribe otra."

    def test_another_plan_may_use_the_same_code(self):
        published(CommitmentPageFactory(code="5.5"))

        assert posted(self.editor, self.world.north, self.form | {"code": "5.5"}).status_code == 302

    def test_a_code_with_spaces_is_refused(self):
        assert "por ejemplo 3.1" in self.submit_refused(code="1 1")["code"][0]

    def test_an_sdg_code_that_is_not_on_the_list_is_refused(self):
        for code in ("216.6", "16,6"):
            with self.subTest(code):
                assert code in self.submit_refused(sdg_targets=code)["sdg_targets"][0]
                assert not SDGTarget.objects.filter(code=code).exists()

    def test_an_sdg_code_on_the_list_is_accepted(self):
        posted(self.editor, self.world.north, self.form | {"sdg_targets": "16.6"})

        assert [target.code for target in self.latest().sdg_targets.all()] == ["16.6"]

    def test_an_action_with_reported_progress_cannot_be_removed(self):
        response = posted(self.editor, self.world.north, self.form | {"actions-0-DELETE": "1"})

        sentence = "La acción 1 ya tiene avance reportado. No la borres: edítala o déjala."
        assert errors_of(response)["actions-0-title"] == [sentence]
        assert not response.context["form"].formsets["actions"].forms[0]["DELETE"].value()
        assert TYPED in response.content.decode()
        assert self.latest().actions.count() == 2

    def test_an_action_without_reports_can_be_removed(self):
        response = posted(self.editor, self.world.north, self.form | {"actions-1-DELETE": "1"})

        assert response.status_code == 302
        assert self.latest().actions.count() == 1

    def test_reversed_dates_are_refused_on_the_field(self):
        dates = {"start": "2023-01-01", "end": "2022-01-01"}
        action = {"actions-0-start": "2023-01-01", "actions-0-end": "2022-01-01"}

        assert "anterior al inicio" in self.submit_refused(**dates)["end"][0]
        assert "anterior al inicio" in self.submit_refused(**action)["actions-0-end"][0]

    def test_a_title_of_more_than_sixty_letters_is_refused(self):
        assert "60 caracteres" in self.submit_refused(title="x" * 61)["title"][0]

    def test_a_title_of_invisible_characters_is_refused(self):
        assert self.submit_refused(title="\u200b\u2060")["title"] == ["Falta este dato."]

    def test_a_taken_slug_is_refused(self):
        assert self.submit_refused(slug=self.world.south.slug)["slug"] == [
            f"Otra página de aquí ya usa la dirección «{self.world.south.slug}». Escribe otra."
        ]

    def test_a_negative_weight_and_a_cadence_of_zero_are_refused(self):
        assert "negativo" in self.submit_refused(**{"actions-0-weight": "-1"})["actions-0-weight"][0]
        assert "al menos un mes" in self.submit_refused(cadence_months="0")["cadence_months"][0]

    def test_an_incomplete_draft_is_saved_and_cannot_be_submitted(self):
        axis = self.world.north.get_parent()
        axis_editor = signed_in(self.world.state_editor)
        add = reverse("wagtailadmin_pages:add", args=["pages", "commitmentpage", axis.pk])
        empty = {
            f"{rows}-{count}_FORMS": "0" for rows in ("actions", "parties") for count in ("TOTAL", "INITIAL")
        }
        new = {"title": "A medias", "slug": "a-medias", "code": "", "body-count": "0"} | empty

        saved = axis_editor.post(add, new)
        refused = axis_editor.post(add, new | {"slug": "otra", "action-submit": "1"})

        assert saved.status_code == 302
        assert errors_of(refused)["code"]

    def test_a_commitment_of_another_institution_cannot_be_edited(self):
        edit = reverse("wagtailadmin_pages:edit", args=[self.world.south.pk])

        response = self.editor.post(edit, self.form)

        assert response.status_code in (302, 403, 404)
        assert CommitmentPage.objects.get(pk=self.world.south.pk).latest_revision.content["problem"] == ""
