"""Routes by which a single user chooses the place or the visitors of another user's public content."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management import call_command
from django.urls import reverse
from wagtail.models import PageViewRestriction

from pages.standard.models import StandardPage
from tests import factories
from tests.abierto.approval.newsroom import approve, fresh
from tests.factories import published
from tests.security.newsdesk import Desk
from tests.security.routes import an_hour_later, in_an_hour, route


def submit_restricted(desk: Desk, **changed: Any) -> Any:
    """Submit an editor's restricted page; return the state of its review."""
    page = fresh(desk.other)
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    for name, value in changed.items():
        setattr(page, name, value)
    page.save_revision(user=desk.room.editor)
    page.get_workflow().start(page, desk.room.editor)
    return fresh(page).current_workflow_task_state


def other_reviewer(desk: Desk) -> Any:
    """Return a reviewer who is not the user of the route."""
    return desk.room.both if desk.user == desk.room.reviewer else desk.room.reviewer


def open_to_all(desk: Desk) -> bool:
    """Remove the restriction in its view; return whether it is removed."""
    desk.post("wagtailadmin_pages:set_privacy", desk.other.pk, restriction_type="none", password="")
    return not PageViewRestriction.objects.filter(page=desk.other).exists()


def move_away(desk: Desk) -> bool:
    """Move another user's page below another, by one of two views; return whether it moved."""
    desk.post("wagtailadmin_pages:move_confirm", desk.other.pk, desk.live.pk)
    desk.client.post(
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"]) + f"?id={desk.other.pk}",
        {"chooser": desk.live.pk},
    )
    return bool(fresh(desk.other).is_child_of(desk.live))


@route("57 abrir lo reservado entre el envío y la aprobación")
def open_under_review(desk: Desk) -> Iterator[None]:
    state = submit_restricted(desk)
    if open_to_all(desk):
        yield
        approve(state, other_reviewer(desk))


@route("57b abrir lo reservado entre la aprobación y la fecha")
def open_before_its_date(desk: Desk) -> Iterator[None]:
    approve(submit_restricted(desk, go_live_at=in_an_hour()), other_reviewer(desk))
    yield
    if open_to_all(desk):
        with an_hour_later():
            call_command("publish_scheduled")


@route("57c abrir un borrador del que cuelga lo aprobado")
def open_above_what_waits(desk: Desk) -> Iterator[None]:
    """The restricted parent is a draft without a review."""
    above = factories.StandardPageFactory(title="Borrador de arriba", owner=desk.user)
    below = factories.StandardPageFactory(title="Reservada por la de arriba", parent=above)
    PageViewRestriction.objects.create(page=above, restriction_type="login")
    below.save_revision(user=desk.room.editor)
    below.get_workflow().start(below, desk.room.editor)
    desk.post("wagtailadmin_pages:set_privacy", above.pk, restriction_type="none", password="")
    if not above.view_restrictions.exists():
        yield
        approve(fresh(below).current_workflow_task_state, other_reviewer(desk))


@route("58 mover entre el envío y la aprobación")
def move_under_review(desk: Desk) -> Iterator[None]:
    state = submit_restricted(desk)
    if move_away(desk):
        yield
        approve(state, other_reviewer(desk))


@route("58b mover entre la aprobación y la fecha")
def move_before_its_date(desk: Desk) -> Iterator[None]:
    approve(submit_restricted(desk, go_live_at=in_an_hour()), other_reviewer(desk))
    yield
    if move_away(desk):
        with an_hour_later():
            call_command("publish_scheduled")


def public_below_a_draft(desk: Desk) -> StandardPage:
    """Return an unpublished page with a public child."""
    above = published(factories.StandardPageFactory(title="Arriba"))
    published(factories.StandardPageFactory(title="Abajo", parent=above))
    above.unpublish()
    return fresh(above)


@route("59 cambiar la dirección de lo que cuelga de un borrador")
def change_the_slug_above(desk: Desk) -> Iterator[None]:
    above = public_below_a_draft(desk)
    yield
    desk.edit(above, slug="otra-direccion")


@route("59b cambiarla por debajo")
def change_the_slug_above_from_below(desk: Desk) -> Iterator[None]:
    above = public_below_a_draft(desk)
    yield
    above.slug = "otra-direccion"
    above.save(clean=False)
