"""Every form is in the time zone of the portal, whatever an account chose."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from abierto.guest_links.models import GuestLink
from tests.abierto.approval.newsroom import draft_update, newsroom

pytestmark = pytest.mark.django_db

TIJUANA = "America/Tijuana"


@pytest.fixture
def room():
    """An editor who chose Tijuana while Wagtail offered it, with a draft."""
    room = newsroom()
    room.page = draft_update(room)
    room.page.save_revision(user=room.editor)
    UserProfile.get_for_user(room.editor)
    UserProfile.objects.update(current_time_zone=TIJUANA)
    return room


def test_a_date_is_stored_in_the_time_zone_of_the_portal(client, room):
    client.force_login(room.editor)
    day = timezone.localdate() + datetime.timedelta(days=2)

    client.post(
        reverse("guest_links:create", args=[room.page.pk]),
        {"guest": "Ana, del observatorio", "expires_at": f"{day:%d/%m/%Y} 10:00"},
    )

    local = timezone.localtime(GuestLink.objects.get().expires_at, timezone.get_default_timezone())
    assert (local.date(), local.hour) == (day, 10)


def test_the_account_page_offers_no_time_zone(client, room):
    client.force_login(room.editor)

    html = client.get(reverse("wagtailadmin_account")).content.decode()

    assert "preferred_language" in html
    assert "time_zone" not in html


def test_saving_a_profile_empties_its_time_zone(room):
    UserProfile.get_for_user(room.editor).save()

    assert UserProfile.objects.filter(user=room.editor, current_time_zone="").exists()
