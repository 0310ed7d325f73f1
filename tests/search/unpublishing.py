"""The operations that make a page no longer public."""

import datetime

from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from abierto.approval.ledger.imports import imported
from tests.factories import StandardPageFactory, published


def take_down(page):
    page.unpublish()


def take_down_its_axis(page):
    page.get_parent().specific.unpublish()


def restrict(page):
    with imported("Prueba de restricción"):
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def restrict_its_plan(page):
    restrict(page.get_parent().get_parent())


def delete(page):
    page.delete()


def expire(page):
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - datetime.timedelta(minutes=1))
    call_command("publish_scheduled")


def move_below_a_private_page(page):
    private = published(StandardPageFactory(title="Privada"))
    restrict(private)
    with imported("Prueba de mudanza"):
        page.move(Page.objects.get(pk=private.pk), pos="last-child")


WAYS = [take_down, take_down_its_axis, restrict, restrict_its_plan, delete, expire, move_below_a_private_page]
