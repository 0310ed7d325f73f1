"""Two municipalities with their people and an agreement, for tests of who reviews."""

import datetime

from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from abierto.spaces.agreements import accept_agreement, confirm_agreement, propose_agreement
from abierto.spaces.models import MunicipalitySpace
from abierto.spaces.municipalities import NewMunicipality, provision
from tests.abierto.approval.newsroom import newsroom, person, submit
from tests.factories import MunicipalityFactory
from tests.shared_rows import built_once

AGREEMENTS = reverse("spaces:agreements")


def build_town(code, name):
    """Provision a municipality and return its link, with an account for each role as attributes."""
    space = provision(NewMunicipality(MunicipalityFactory(code=code, name=name)), by=None).space
    link = MunicipalitySpace.objects.select_related("holder", "municipality").get(holder=space)
    key = name.split()[0].lower()
    link.editor = person(f"{key}-editora", space.editors, last_name=name, email=f"{key}-e@example.org")
    link.reviewer = person(f"{key}-revisora", space.reviewers, last_name=name, email=f"{key}-r@example.org")
    link.boss = person(f"{key}-jefa", space.administrators, last_name=name, email=f"{key}-j@example.org")
    return link


@built_once
def build_towns():
    room = newsroom()
    room.boss = person("jefa", room.space.administrators, email="jefa@example.org")
    room.other_boss = person("jefe", room.space.administrators, email="jefe@example.org")
    room.town = build_town("11010", "Coroneo")
    room.neighbour = build_town("11005", "Apaseo el Alto")
    room.third = build_town("11014", "Dolores Hidalgo")
    return room


def days_ahead(days):
    return timezone.localdate() + datetime.timedelta(days=days)


def agree(room, days=30):
    """Put an agreement in force: the state proposes, the neighbour accepts, another of the state confirms."""
    agreement = propose_agreement(room.town, room.neighbour, days_ahead(days), room.boss)
    accept_agreement(agreement.pk, room.neighbour.boss)
    return confirm_agreement(agreement.pk, room.other_boss)


def page_of(town, slug="noticias"):
    root = Page.objects.get(space_root__space=town.holder)
    return Page.objects.descendant_of(root).get(slug=slug).specific


def send(town, user=None, title="Obras en la plaza"):
    """Return the review of a draft page of ``town``."""
    page = page_of(town)
    page.title = page.draft_title = title
    return submit(page, user or town.editor)
