"""Translations in Wagtail's admin: URLs, policies, the review, and a message above the editor."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page, TaskState

from abierto.approval.models.task import APPROVE
from abierto.tenancy.isolation.policies import AddressPolicy, Reach, register_policies

from .services import check_source
from .side_by_side import show_side_by_side
from .strings import PROGRESS_ATTRIBUTE, find_translation, read_progress
from .views import send

URLS = [path("<int:translation_id>/enviar/", send, name="send")]

register_policies(
    dict.fromkeys(
        ("translations:send", "translations_upload_po", "translations_stop"),
        AddressPolicy(Reach.IDS_CHECKED),
    )
)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the URL that sends a translation to review."""
    return [path("traducciones/", include((URLS, "translations")))]


hooks.register("review_components", show_side_by_side)


@hooks.register("check_review_decision")
def check_source_of_review(task_state: TaskState, user: Any, action: str) -> None:
    """Refuse to approve a translation whose source was withdrawn during the review."""
    content = task_state.workflow_state.content_object
    translation = find_translation(content) if action == APPROVE and isinstance(content, Page) else None
    if translation is not None:
        check_source(translation)


# Before wagtail-localize's hook, which returns a response, so that later hooks do not run.
@hooks.register("before_edit_page", order=-1)
def link_to_sending(request: HttpRequest, page: Page) -> None:
    """Show the progress above the editor of a translation, with a link to the form that sends it."""
    translation = find_translation(page) if request.method == "GET" and not page.alias_of_id else None
    if translation is None:
        return
    progress = read_progress(translation)
    request.__dict__[PROGRESS_ATTRIBUTE] = progress  # the panel below the editor shows it too
    done = gettext("Traducidos: %(done)s de %(total)s textos.") % {
        "done": progress.translated,
        "total": progress.total,
    }
    messages.info(request, done, buttons=[messages.button("#envio", gettext("Enviar a revisión"))])
