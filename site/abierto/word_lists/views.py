"""Views of the word lists: the overview, and one list of the state or of a space with its history."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from abierto.accounts.models import User
from abierto.language.vocabulary import load, sources
from abierto.tenancy.models import Space

from .forms import WordListForm
from .models import WordList
from .services import editable_spaces, find_version, list_history, may_edit, phrases_of_state

SHOWN_VERSIONS = 20
SPACE_PARAMETER = "espacio"


def source_titles(word_list: str) -> list[str]:
    """Return the titles of the works on which a shipped list is based."""
    data = load(word_list)
    return [sources()[key] for key in data.get("sources", [data.get("source")])]


class WordListIndexView(WagtailAdminTemplateMixin, TemplateView):
    """Show the lists with links to those that the user may edit: of the portal, and of a chosen space."""

    template_name = "word_lists/index.html"
    page_title = _("Listas de palabras")
    header_icon = "glasses"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = cast(User, self.request.user)
        spaces, edits_all = editable_spaces(user), may_edit(user, None)
        if not spaces and not edits_all:
            raise Http404
        rows = [
            {
                "name": word_list.value,
                "label": word_list.label,
                "total": len(phrases_of_state(word_list)),
                "sources": source_titles(word_list),
            }
            for word_list in WordList
        ]
        asked = self.request.GET.get(SPACE_PARAMETER, "")
        found = spaces if len(spaces) == 1 else [space for space in spaces if str(space.pk) == asked]
        return super().get_context_data(
            rows=rows,
            spaces=spaces,
            space=found[0] if found else None,
            space_parameter=SPACE_PARAMETER,
            edits_all=edits_all,
            **kwargs,
        )


class WordListEditView(WagtailAdminTemplateMixin, FormView):
    """Edit one list; every version stays in its history."""

    template_name = "word_lists/edit.html"
    form_class = WordListForm
    header_icon = "glasses"

    @cached_property
    def space(self) -> Space | None:
        """Return the space of the address; 404 unless the user may edit its words."""
        space = None
        if "space_id" in self.kwargs:
            space = get_object_or_404(Space, pk=self.kwargs["space_id"])
        if not may_edit(cast(User, self.request.user), space):
            raise Http404
        return space

    @cached_property
    def word_list(self) -> WordList:
        try:
            return WordList(self.kwargs["word_list"])
        except ValueError as error:
            raise Http404 from error

    def get_page_title(self) -> str:
        return str(self.word_list.label)

    def get_page_subtitle(self) -> str:
        return str(self.space or _("Todo el portal"))

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse_lazy("word_lists:index"), "label": _("Listas de palabras")},
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        last = find_version(self.word_list, self.space)
        initial = {name: getattr(last, name) for name in WordListForm.Meta.fields} if last else {}
        own = {"word_list": self.word_list, "space": self.space, "initial": initial}
        return super().get_form_kwargs() | own

    def form_valid(self, form: WordListForm) -> HttpResponse:
        version = form.save(commit=False)
        version.word_list, version.space = self.word_list, self.space
        version.changed_by = self.request.user
        version.save()
        messages.success(self.request, gettext("Guardado: se usa desde el siguiente texto que se mida."))
        return redirect(self.request.path)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        history = list_history(self.word_list, self.space)[:SHOWN_VERSIONS]
        return super().get_context_data(
            space=self.space,
            phrases=phrases_of_state(self.word_list),
            sources=source_titles(self.word_list),
            history=history,
            **kwargs,
        )
