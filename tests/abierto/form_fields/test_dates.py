"""Dates as people type them: day first in every language, and never replaced by another."""

import datetime

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.admin.forms.models import formfield_for_dbfield
from wagtail.models import Page

from abierto.accounts.models import User
from abierto.bundles.forms import BundleDateForm, BundleForm
from abierto.delegation.views import DelegationForm
from abierto.form_fields.fields import DayField, MomentField
from abierto.guest_links.views import GuestLinkForm
from blocks.evidence import EvidenceBlock
from pages.admin.draft_views import StartReportForm, StartUpdateForm
from pages.secretariats.sessions import SessionPage
from pages.updates.models import ProgressUpdatePage

APRIL = datetime.date(2026, 4, 1)
NINE = datetime.datetime(2026, 4, 1, 9, tzinfo=timezone.get_default_timezone())
LANGUAGES = ["es", "es-mx", "en"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text",
    ["01/04/2026", "1/4/2026", " 01/04/2026\u00a0", "01-04-2026", "01.04.2026", "01/04/26", "2026-04-01"],
)
def test_a_date_is_read_day_first(language, text):
    with translation.override(language):
        assert DayField().clean(text) == APRIL


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text", ["01/04/2026 9:00", "1/4/2026 09:00:00", "2026-04-01 09:00", "2026-04-01T09:00"]
)
def test_a_date_with_its_time_is_read_in_the_time_zone_of_the_portal(language, text):
    with translation.override(language):
        moment = MomentField().clean(text)

    assert moment == NINE


@pytest.mark.parametrize(
    "text", ["mañana", "31/02/2026", "13/13/2026", "04/31/2026", "1 de 4", "20260401", "2026/04/01"]
)
def test_an_unreadable_date_is_an_error_and_stays(text):
    form = StartUpdateForm({"period_start": text, "period_end": "30/04/2026"})

    assert form.errors == {
        "period_start": ["No se entiende la fecha. Escríbela como día/mes/año, por ejemplo 31/12/2026."]
    }
    assert f'value="{text}"' in str(form["period_start"])


def test_an_unreadable_date_with_time_is_an_error_and_stays():
    form = BundleDateForm({"go_live_at": "01/12/2026 a las 9"})

    assert list(form.errors) == ["go_live_at"]
    assert "No se entiende la fecha" in form.errors["go_live_at"][0]
    assert 'value="01/12/2026 a las 9"' in str(form["go_live_at"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_is_shown_as_it_is_typed(language):
    with translation.override(language):
        day = str(StartUpdateForm(initial={"period_start": APRIL})["period_start"])
        date = str(BundleDateForm(initial={"go_live_at": NINE})["go_live_at"])

    assert 'value="01/04/2026"' in day
    assert 'value="01/04/2026 09:00"' in date


def test_every_form_with_dates_reads_them_alike():
    forms = [StartUpdateForm, StartReportForm, DelegationForm, BundleForm, BundleDateForm, GuestLinkForm]
    names = {"period_start", "period_end", "cutoff", "starts", "ends", "go_live_at", "expires_at"}
    fields = [field for form in forms for name, field in form.base_fields.items() if name in names]

    assert len(fields) == 10
    assert all(isinstance(field, DayField | MomentField) for field in fields)


@pytest.mark.parametrize(
    ("model", "name", "kind"),
    [
        (ProgressUpdatePage, "period_start", DayField),
        (SessionPage, "starts_at", MomentField),
        (Page, "go_live_at", MomentField),
        (Page, "expire_at", MomentField),
    ],
)
def test_a_date_column_reads_dates_alike(model, name, kind):
    assert isinstance(formfield_for_dbfield(model._meta.get_field(name)), kind)


def test_a_date_of_a_block_is_read_alike():
    field = EvidenceBlock().child_blocks["published_on"].field

    assert field.clean("01/04/2026") == APRIL
    with pytest.raises(ValidationError, match="No se entiende la fecha"):
        field.clean("abril")


@pytest.mark.django_db
def test_the_date_picker_leaves_what_was_typed(client):
    client.force_login(User.objects.create_superuser("ana"))

    html = client.get(reverse("wagtailadmin_home")).content.decode()

    script = '<script src="/static/date_picker.js"></script>'
    assert html.index("jquery.datetimepicker.js") < html.index(script) < html.index('class="wrapper"')
    with open(finders.find("date_picker.js")) as source:
        assert "validateOnBlur: false" in source.read()
