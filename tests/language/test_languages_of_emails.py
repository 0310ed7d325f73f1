"""Each e-mail is in the language that its reader chose, whatever the language of the person who acts."""

import datetime

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from wagtail.users.models import UserProfile

from abierto.accounts.invitations import send_invitation
from abierto.accounts.models import User
from abierto.approval.notifications import notify
from abierto.approval.overrides.withdrawals import notify_of_withdrawal
from abierto.deadlines.reminders import send_reminders
from abierto.delegation.models import Delegation
from abierto.delegation.services import grant_delegation
from abierto.spaces.agreements import propose_agreement
from tests.abierto.approval.newsroom import approve, draft_update, newsroom, submit
from tests.abierto.spaces.agreeing import build_towns, days_ahead
from tests.factories import published
from tests.repository.files import ROOT
from tests.shared_rows import built_once

pytestmark = pytest.mark.django_db


@pytest.fixture
@built_once
def room():
    """Return the newsroom; its reviewer chose English, the person with both roles chose nothing."""
    room = newsroom()
    plan = room.commitment.get_parent().get_parent().specific
    plan.period_start, plan.period_end = datetime.date(2026, 1, 1), datetime.date(2027, 12, 31)
    plan.cadence_months, plan.grace_days = 3, 15
    published(plan)
    for user in (room.editor, room.reviewer, room.both, room.administrator):
        user.email = f"{user.username}@ejemplo.mx"
        user.save()
    choose_english(room.reviewer)
    choose_english(room.editor)
    mail.outbox.clear()
    return room


@pytest.fixture(autouse=True)
def acting_in_english():
    """Have the person who acts read English."""
    with override("en"):
        yield


def choose_english(account: User) -> None:
    UserProfile.objects.update_or_create(user=account, defaults={"preferred_language": "en"})


def subjects() -> dict[str, str]:
    sent = {letter.to[0].partition("@")[0]: letter.subject for letter in mail.outbox}
    mail.outbox.clear()
    return sent


def test_the_languages_of_all_readers_cost_one_query(room, django_assert_num_queries):
    with django_assert_num_queries(1):
        notify([room.reviewer, room.both], lambda reader: (get_language(), reader.username))

    sent = {letter.body: letter.subject for letter in mail.outbox}
    assert sent == {"revisora": "en", "ambas": settings.LANGUAGE_CODE}


def test_a_submission_is_announced_in_the_language_of_each_reviewer(room, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        state = submit(draft_update(room), room.editor)
    sent = subjects()
    assert sent["revisora"].startswith("To review: ")
    assert sent["ambas"].startswith("Para revisar: ")

    with django_capture_on_commit_callbacks(execute=True):
        approve(state, room.both)
    assert subjects()["editora"].startswith("Approved: ")


def test_a_withdrawal_is_announced_in_the_language_of_each_reviewer(room, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        notify_of_withdrawal(room.commitment, room.space, room.administrator, "Otro motivo")
    sent = subjects()

    assert sent["revisora"].startswith("Taken down: ")
    assert sent["ambas"].startswith("Se retiró: ")


def test_reminders_are_in_the_language_of_each_editor(room):
    list(send_reminders(datetime.datetime(2026, 3, 25, 12, tzinfo=datetime.UTC)))
    sent = subjects()

    assert sent["ambas"] == "El 1 de abril de 2026 toca reportar"
    assert "April 1, 2026" in sent["editora"]


def test_a_delegation_is_announced_in_the_language_of_each_person(room):
    day = timezone.localdate()
    delegation = Delegation(absent=room.reviewer, deputy=room.both, starts=day, ends=day, reason="Permiso")
    grant_delegation(delegation, room.reviewer)
    sent = subjects()

    assert sent["ambas"] == "Se delegaron revisiones"


def test_an_agreement_is_announced_in_the_language_of_each_person():
    room = build_towns()
    choose_english(room.neighbour.boss)
    mail.outbox.clear()

    propose_agreement(room.town, room.neighbour, days_ahead(30), room.boss)
    sent = subjects()

    assert sent["apaseo-j"] != sent["jefe"] == "Un acuerdo por aceptar"


def test_an_invitation_is_in_the_language_of_the_invited(room):
    accounts = [User(username=name, email=f"{name}@ejemplo.mx") for name in ("nueva", "new")]
    for account in accounts:
        account.set_unusable_password()
        account.save()
    choose_english(accounts[1])

    for account in accounts:
        send_invitation(account, room.administrator)

    letters = {letter.to[0].partition("@")[0]: letter.body for letter in mail.outbox}
    assert ["/en/cuenta/" in letters[name] for name in ("nueva", "new")] == [False, True]
    assert ["contraseña" in letters[name] for name in ("nueva", "new")] == [True, False]


@pytest.mark.parametrize(
    ("account", "page", "is_english"),
    [
        ("editora", settings.LANGUAGE_CODE, True),
        ("ambas", settings.LANGUAGE_CODE, False),
        ("ambas", "en", True),
    ],
)
def test_a_letter_of_the_account_follows_the_account_else_the_page(room, client, account, page, is_english):
    with override(page):
        client.post(reverse("account_reset_password"), {"email": f"{account}@ejemplo.mx"})

    (letter,) = mail.outbox
    assert ("contraseña" not in letter.body) is is_english


def test_no_other_module_writes_an_email_for_a_person():
    """The others use ``notify``, ``build_email`` or allauth; the digest goes to no accounts."""
    writers = {
        path.relative_to(ROOT).as_posix()
        for folder in ("site", "pages", "search", "blocks")
        for path in (ROOT / folder).rglob("*.py")
        if any(
            name in path.read_text(encoding="utf-8")
            for name in ("send_mail(", "EmailMessage(", "mail_admins(", "EmailMultiAlternatives(")
        )
    }

    assert writers == {
        "site/abierto/accounts/adapter.py",  # of allauth, written above
        "site/abierto/approval/notifications.py",
        "site/abierto/operations/digest.py",
    }
