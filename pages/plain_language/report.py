"""«Qué textos cuestan más»: the public texts of one space, for the state team."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from abierto.tenancy.access import sees_everything
from abierto.tenancy.models import Space

from .queries import MAX_PAGES, MIN_WORDS, rank_texts


class SpaceForm(forms.Form):
    """Choose the space whose texts are measured."""

    space = forms.ModelChoiceField(Space.objects.order_by("name", "pk"), label=_("Espacio"))


class HardestTextsView(WagtailAdminTemplateMixin, TemplateView):
    """Measure the public pages of a space and list the hardest to read. Reads only."""

    template_name = "admin_pages/hardest_texts.html"
    page_title = _("Qué textos cuestan más")
    header_icon = "glasses"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not sees_everything(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = SpaceForm(self.request.GET if "space" in self.request.GET else None)
        report = rank_texts(form.cleaned_data["space"]) if form.is_valid() else None
        limits = {"most_pages": MAX_PAGES, "fewest_words": MIN_WORDS}
        return super().get_context_data(form=form, report=report, **limits, **kwargs)
