"""The manual of ``docs/manual`` on a screen of the admin."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from markdown_it import MarkdownIt
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "manual"
CHAPTERS = ("README", "entrar", "edicion", "revision", "trabajo", "administracion", "operacion")
FIRST = "README"


class Chapter(NamedTuple):
    """A chapter as HTML, with its title and its language."""

    title: str
    html: SafeString
    language: str


def has_manual() -> bool:
    """Check whether this installation has the documents: a package without them has not."""
    return (FOLDER / f"{FIRST}.md").is_file()


def load_chapter(name: str) -> Chapter:
    """Render a chapter in the active language, or in Spanish where it is not translated.

    Its links lead to the screens of the other chapters and of the images.

    Raises:
        Http404: without such a chapter.
    """
    language = get_language() or settings.LANGUAGE_CODE
    path = FOLDER / f"{name}.{language}.md"
    if name not in CHAPTERS or not path.is_file():
        language, path = settings.LANGUAGE_CODE, FOLDER / f"{name}.md"
    if name not in CHAPTERS or not path.is_file():
        raise Http404
    heading, _newline, text = path.read_text(encoding="utf-8").partition("\n")
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(text)
    for token in tokens:
        for part in token.children or ():
            _rewrite(part.attrs, "href", _chapter_url)
            _rewrite(part.attrs, "src", _image_url)
    html = markdown.renderer.render(tokens, markdown.options, {})
    # The documents are part of the program, and HTML in them is escaped.
    return Chapter(heading.lstrip("# "), mark_safe(html), language)


def _rewrite(attributes: dict[str, Any], name: str, change: Callable[[str], str]) -> None:
    if name in attributes:
        attributes[name] = change(str(attributes[name]))
        if not attributes[name]:
            del attributes[name]


def _chapter_url(address: str) -> str:
    """Return the screen of a chapter; nothing for the documents that the admin does not show."""
    name, dot, anchor = address.partition(".md")
    if name in CHAPTERS:
        return f"{reverse('dashboard:manual', args=[name])}{anchor}"
    return "" if dot else address


def _image_url(address: str) -> str:
    return reverse("dashboard:manual_image", args=[Path(address).name])


class ManualView(WagtailAdminTemplateMixin, TemplateView):
    """One chapter of the manual."""

    template_name = "dashboard/manual.html"
    page_title = _("Manual del portal")
    header_icon = "help"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chapter = load_chapter(self.kwargs.get("chapter", FIRST))
        return super().get_context_data(**(kwargs | {"chapter": chapter, "page_subtitle": chapter.title}))


def serve_image(request: HttpRequest, name: str) -> FileResponse:
    """Serve an image of the manual.

    Raises:
        Http404: without such an image.
    """
    path = FOLDER / "images" / Path(name).name
    if path.suffix != ".png" or not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"))
