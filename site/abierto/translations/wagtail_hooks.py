"""Translations in Wagtail's admin."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path
from django.utils.html import format_html
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from abierto.tenancy.isolation.policies import AddressPolicy, Reach, register_policies

from .side_by_side import show_side_by_side
from .strings import find_translation, read_progress
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
    """Add the URLs of translations."""
    return [path("traducciones/", include((URLS, "translations")))]


hooks.register("review_components", show_side_by_side)


# Before wagtail-localize's hook, which responds itself.
@hooks.register("before_edit_page", order=-1)
def link_to_sending(request: HttpRequest, page: Page) -> None:
    """Say above the editor of a translation how much is done, with a link to what sends it below."""
    translation = find_translation(page) if request.method == "GET" and not page.alias_of_id else None
    if translation is None:
        return
    progress = read_progress(translation)
    done = gettext("Traducidos: %(done)s de %(total)s textos.") % {
        "done": progress.translated,
        "total": progress.total,
    }
    label = gettext("Enviar a revisión")
    messages.info(request, format_html('{} <a href="#envio">{}</a>', done, label))
