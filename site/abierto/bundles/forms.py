"""The forms of release bundles."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.models import Page

from abierto.accounts.models import User
from abierto.approval.review.forms import BaseApprovalForm
from abierto.approval.review.space_index import SpaceIndex, build_space_index
from abierto.form_fields.fields import MomentField
from abierto.tenancy.access import scope, sees_everything, spaces_of
from pages.core.formatting import name_update
from pages.plans.queries import find_unsent_drafts
from pages.updates.queries import annotate_update_periods

from .models import Bundle

MAX_OFFERED = 200
NAME_LENGTH = Bundle._meta.get_field("name").max_length


class ApproveBundleForm(BaseApprovalForm):
    comment_help = _("Se publica en cada página junto a tu nombre o tu cargo. Puedes dejarlo vacío.")


class BundleDateForm(forms.Form):
    """Change the date of a pending bundle."""

    go_live_at = MomentField(
        label=_("Publicar el"),
        required=False,
        help_text=_("Vacío: en cuanto se apruebe. Lo que ya se aprobó se aprueba otra vez."),
    )


class PagesField(forms.ModelMultipleChoiceField):
    """Offer drafts by title, commitment or plan, and space."""

    space_index: SpaceIndex | None = None

    def label_from_instance(self, obj: Any) -> str:
        update = name_update(obj.commitment_name, obj.period_start, obj.period_end)
        own = [update] if update else [obj.draft_title, obj.commitment_name or obj.plan_name]
        names = (*own, self.space_of(obj))
        return " · ".join(name for name in names if name)

    def space_of(self, page: Any) -> str:
        """Return the space name of a page, if the user can choose among several spaces."""
        space = self.space_index.of(page.path) if self.space_index else None
        return space.name if space else ""


class BundleForm(forms.ModelForm):
    """Choose the drafts, the note and the date of a new bundle."""

    pages = PagesField(
        label=_("Páginas"),
        queryset=Page.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Elige al menos una página para el paquete.")},
        help_text=_("Los borradores de tus espacios que nadie revisa todavía."),
    )

    class Meta:
        model = Bundle
        fields = ["name", "pages", "note", "go_live_at"]
        widgets = {"note": AdminAutoHeightTextInput}
        field_classes = {"go_live_at": MomentField}

    def __init__(self, *args: Any, by: User, plan: Page | None = None, **kwargs: Any) -> None:
        """Offer the drafts of ``by``; with ``plan``, only those of it, all chosen."""
        super().__init__(*args, **kwargs)
        drafts = scope(find_unsent_drafts(), by)
        if plan is not None:
            drafts = drafts.filter(path__startswith=plan.path)
        keys = list(drafts.values_list("pk", flat=True)[:MAX_OFFERED])
        pages = cast(PagesField, self.fields["pages"])
        pages.queryset = find_unsent_drafts().filter(pk__in=keys).annotate(**annotate_update_periods("path"))
        if plan is not None:
            self.initial = {"name": plan.draft_title[:NAME_LENGTH], "pages": keys, **self.initial}
        if sees_everything(by) or len(spaces_of(by)) > 1:
            pages.space_index = build_space_index()
