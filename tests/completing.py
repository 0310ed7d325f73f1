"""Fill in the fields that a draft may leave empty, so that a test can publish it."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from wagtail.models import Page

from pages.plans.commitments import CommitmentPage
from pages.reports.models import ReportPage
from pages.updates.inlines import UpdateRow
from pages.updates.models import ProgressUpdatePage
from pages.updates.rules import unexplained_difference_error

NOT_REPORTED = "Sin dato en el documento."


def complete[AnyPage: Page](page: AnyPage) -> AnyPage:
    """Complete a draft in memory: the rows of an update, the figures of a report."""
    if isinstance(page, ProgressUpdatePage):
        commitment = page.get_parent().specific
        page.rows.add(*_missing_rows(page, commitment))
        for row in page.rows.all():
            if row.percent is None and not row.stage and not row.note:
                row.note = NOT_REPORTED
        if unexplained_difference_error(commitment, page.rows.all(), page.declared, page.declared_note):
            page.declared_note = NOT_REPORTED
    elif isinstance(page, ReportPage) and not page.live:
        page.propose_figures()
        for row in page.rows.all():
            if row.differs and not row.note:
                row.note = NOT_REPORTED
    return page


def _missing_rows(update: ProgressUpdatePage, commitment: CommitmentPage) -> list[UpdateRow]:
    held = {row.action_key for row in update.rows.all()}
    actions = [action for action in commitment.actions.all() if action.translation_key not in held]
    return [
        UpdateRow(action_key=action.translation_key, sort_order=len(held) + order, locale=update.locale)
        for order, action in enumerate(actions)
    ]


@contextmanager
def without_validation() -> Iterator[None]:
    """Publish content as it may have been stored before versions were validated."""
    with (
        patch("tests.factories.complete", lambda page: page),
        patch("abierto.approval.ledger.services.check_content", lambda *args: None),
    ):
        yield
