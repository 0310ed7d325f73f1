"""Helpers of the tests of the editing form."""

import datetime

from wagtail.test.utils.form_data import rich_text

from pages.updates.models import ProgressUpdatePage

AUGUST, NOVEMBER = datetime.date(2023, 8, 1), datetime.date(2023, 11, 30)
TYPED = "Se abrieron cuatro conjuntos de datos"
NEW = {
    "title": "Avance de enero",
    "slug": "enero",
    "period_start": "2024-01-01",
    "period_end": "2024-01-31",
    "narrative": rich_text(""),
}


def latest(page) -> ProgressUpdatePage:
    """Return the draft as it was last saved."""
    return ProgressUpdatePage.objects.get(pk=page.pk).get_latest_revision_as_object()


def in_review(page) -> bool:
    """Check whether the page was submitted for review."""
    return ProgressUpdatePage.objects.get(pk=page.pk).current_workflow_state is not None


def list_action_keys(world) -> list:
    """Return the keys of the actions of the north's commitment, in order."""
    return [action.translation_key for action in world.north.actions.all()]
