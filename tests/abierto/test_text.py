"""Text of invisible characters only counts as empty: reasons, titles, names, blocks."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.rich_text import RichText

from abierto.approval.errors import NotApproved, ReviewRefused
from abierto.approval.ledger.imports import imported
from abierto.approval.models import Approval, ApprovalKind, ReviewTask
from abierto.approval.overrides.emergency import publish_in_emergency
from abierto.approval.overrides.withdrawal_reasons import FIELD
from abierto.approval.overrides.withdrawals import check_reason
from abierto.approval.review.decisions import build_token
from abierto.bundles.models import Bundle
from abierto.delegation.models import Delegation
from abierto.guest_links.models import GuestLink
from abierto.media.models import PortalDocument
from abierto.registry.models import Institution
from abierto.tenancy.models import Space
from abierto.text import visible_text
from blocks.fields import InlineTextBlock, LineBlock, LinesBlock
from tests import factories
from tests.abierto.approval.newsroom import fresh, newsroom, submit
from tests.factories import published

INVISIBLE = [
    "",
    " \t\r\n",
    "\u00a0\u2003\u3000",
    "\u200b\u200c\u200d\u2060\ufeff",
    "\u00ad",
    "\u202a\u202e\u2066\u2069",
    "\u2028\u2029",
    "\u2800\u2800",
    "\u115f\u1160\u3164\uffa0",
    "\u034f",
    "\ufe0f\ufe0e",
    "\U000e0100\U000e0041",
    "\u0301\u20dd",
    "\u180e\u17b4",
    "\U0001d159",
    "\x00\x1f\x7f",
    "\ue000",
    "\ufff0",
]
HIDDEN = " \u200b\u3164\u2800 "


@pytest.mark.parametrize("text", INVISIBLE, ids=ascii)
def test_text_without_a_visible_character_is_empty(text):
    assert visible_text(text) == ""


@pytest.mark.parametrize("text", ["a", "é", "e\u0301", "7", ".", "¿?", "❤\ufe0f", "日本", "क्षि"])
def test_other_text_stays_as_written(text):
    assert visible_text(f"  {text}\n") == text.strip()


@pytest.mark.parametrize("block", [LineBlock(), LinesBlock()], ids=["line", "lines"])
def test_a_required_block_is_not_filled_by_it(block):
    assert block.clean(" Fuente ") == "Fuente"
    with pytest.raises(ValidationError):
        block.clean(HIDDEN)
    assert type(block)(required=False).clean(HIDDEN) == ""


@pytest.mark.parametrize("html", [f"<p>{HIDDEN}</p>", "<p>&#8203;&nbsp;</p>", "<p><b></b></p>"])
def test_a_required_rich_text_is_not_filled_by_it(html):
    with pytest.raises(ValidationError):
        InlineTextBlock().clean(RichText(html))
    assert InlineTextBlock().clean(RichText("<p>Texto</p>")).source == "<p>Texto</p>"


@pytest.mark.django_db
class TestRequiredFields:
    @pytest.mark.parametrize(
        ("model", "field"),
        [
            (Space, "name"),
            (Institution, "name"),
            (PortalDocument, "title"),
            (Delegation, "reason"),
            (GuestLink, "guest"),
            (Bundle, "name"),
        ],
        ids=lambda value: getattr(value, "__name__", value),
    )
    def test_a_form_requires_visible_text(self, model, field):
        with pytest.raises(ValidationError) as refused:
            model(**{field: HIDDEN}).clean_fields()
        assert refused.value.message_dict[field] == ["No tiene ninguna letra visible. Escríbelo otra vez."]

    def test_a_page_requires_a_visible_title(self):
        page = factories.StandardPageFactory(title="Algo")
        page.title = HIDDEN
        with pytest.raises(ValidationError) as refused:
            page.full_clean()
        assert "letra visible" in refused.value.message_dict["title"][0]


@pytest.mark.django_db
class TestReasons:
    @pytest.fixture
    def room(self):
        return newsroom()

    @pytest.fixture
    def page(self, room):
        page = published(factories.StandardPageFactory(parent=room.home, title="Avisos"))
        page.title = "Avisos de hoy"
        page.save_revision(user=room.editor)
        return fresh(page)

    def test_an_import_needs_a_reason(self):
        with pytest.raises(ValueError, match="reason"), imported(HIDDEN):
            pass

    def test_the_ledger_refuses_an_exception_without_a_reason(self, page, room):
        for kind in (ApprovalKind.IMPORT, ApprovalKind.EMERGENCY):
            with pytest.raises(IntegrityError), transaction.atomic():
                Approval.record(page, kind, sha="", approver=room.administrator, comment=HIDDEN)

    def test_an_emergency_needs_a_reason(self, client, page, room):
        token = build_token(page.get_latest_revision())
        with pytest.raises(ReviewRefused):
            publish_in_emergency(page, room.administrator, token, HIDDEN)
        assert fresh(page).title == "Avisos"

    def test_a_withdrawal_needs_a_reason(self, client, page, room):
        client.force_login(room.administrator)
        address = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
        assert "¿Por qué se retira?" in client.post(address, {FIELD: HIDDEN}).content.decode()
        assert fresh(page).live

    def test_a_withdrawal_needs_one_below_its_screen(self, page, room):
        with pytest.raises(NotApproved):
            check_reason(page, room.administrator, HIDDEN)

    def test_returning_needs_a_reason(self, page, room):
        state = submit(page, room.editor)
        with pytest.raises(ReviewRefused):
            ReviewTask.objects.get(pk=state.task_id).on_action(state, room.reviewer, "reject", comment=HIDDEN)

    def test_a_name_of_invisible_characters_is_refused(self, room):
        room.editor.first_name, room.editor.last_name = HIDDEN, HIDDEN
        assert room.editor.public_name == "Cuenta sin nombre"

    def test_a_delegation_needs_a_reason(self, room):
        today = timezone.localdate()
        delegation = Delegation(
            absent=room.reviewer,
            deputy=room.both,
            granted_by=room.reviewer,
            starts=today,
            ends=today + datetime.timedelta(days=1),
            reason=HIDDEN,
        )
        with pytest.raises(ValidationError) as refused:
            delegation.full_clean()
        assert set(refused.value.message_dict) == {"reason"}
