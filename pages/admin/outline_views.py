"""«Esquema»: the axes, commitments and actions of a plan on one screen, saved all or none.

Every button posts the whole form. Those that add, move and remove rows save nothing; a script posts them in
the background and adds dragging.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, cast

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from abierto.accounts.models import User
from pages.plans import outline
from pages.plans.models import PlanPage
from pages.plans.outline import MAX_ROWS, OutlineRow, OutlineRowKind
from pages.plans.outline_saving import OutlineRefused, attach_stored, load_outline, read_rows, save_outline

from .draft_views import may_start_draft

CHANGE = re.compile(r"(up|down|remove)-([0-9]{1,4})")
ADDITION = re.compile(r"add-(axis|commitment|action)(?:-([0-9]{1,4}))?")
KIND_LABELS = {
    OutlineRowKind.AXIS: _("Eje"),
    OutlineRowKind.COMMITMENT: _("Compromiso"),
    OutlineRowKind.ACTION: _("Acción"),
}


@dataclass(frozen=True)
class NumberedRow:
    """A row as the template shows it."""

    number: int
    row: OutlineRow
    #: The button that adds a row of the same kind, and the one that adds a row below.
    add_sibling: str
    add_child: str

    @property
    def label(self) -> str:
        return str(KIND_LABELS[self.row.kind])

    def name(self, text: str) -> str:
        """Return an accessible name, with the kind and the code of the row."""
        return text % {"kind": self.label, "code": self.row.code}

    @property
    def code_label(self) -> str:
        return self.name(gettext("Clave: %(kind)s %(code)s"))

    @property
    def title_label(self) -> str:
        return self.name(gettext("Título: %(kind)s %(code)s"))

    @property
    def add_child_label(self) -> str:
        return (
            gettext("Agregar compromiso")
            if self.row.kind is OutlineRowKind.AXIS
            else gettext("Agregar acción")
        )

    @property
    def edit_url(self) -> str:
        """Where the rest of a saved axis or commitment is written; empty for other rows."""
        if self.row.kind is OutlineRowKind.ACTION or not self.row.key or self.row.locked:
            return ""
        return reverse("wagtailadmin_pages:edit", args=[self.row.key])

    @property
    def edit_label(self) -> str:
        return self.name(gettext("Abrir: %(kind)s %(code)s"))

    @property
    def buttons(self) -> list[tuple[str, str, str]]:
        """Return the action, sign and accessible name of each button that moves or removes the row."""
        found = []
        if self.row.can_move:
            found += [
                (f"up-{self.number}", "↑", self.name(gettext("Subir: %(kind)s %(code)s"))),
                (f"down-{self.number}", "↓", self.name(gettext("Bajar: %(kind)s %(code)s"))),
            ]
        if not self.row.key or self.row.can_remove:
            found.append((f"remove-{self.number}", "×", self.name(gettext("Quitar: %(kind)s %(code)s"))))
        return found


def number_rows(rows: list[OutlineRow]) -> list[NumberedRow]:
    """Return the rows with their place and the names of their buttons."""
    kinds, above, numbered = list(OutlineRowKind), [0, 0, 0], []
    for number, row in enumerate(rows):
        level = row.kind.level
        above[level] = number
        sibling = f"add-{row.kind}" + (f"-{above[level - 1]}" if level else "")
        takes_children = row.kind is OutlineRowKind.AXIS or (
            row.kind is OutlineRowKind.COMMITMENT and not row.locked
        )
        child = f"add-{kinds[level + 1]}-{number}" if takes_children else ""
        numbered.append(NumberedRow(number, row, sibling, child))
    return numbered


def change_rows(
    rows: list[OutlineRow], action: str, removed: list[str]
) -> tuple[list[OutlineRow], int | None]:
    """Return the rows after a button that saves nothing, and the number of a new row.

    The keys of saved rows that are taken out are added to ``removed``.

    Raises:
        BadRequest: for a button that the form does not have.
    """
    change, addition = CHANGE.fullmatch(action), ADDITION.fullmatch(action)
    place = int((change or addition or [0, 0, 0])[2] or 0)
    if place >= max(len(rows), 1):
        raise BadRequest("No such row.")
    if change is not None:
        if change[1] == "remove":
            left, keys = outline.remove_row(rows, place)
            removed += keys
            return left, None
        return outline.move_row(rows, place, -1 if change[1] == "up" else 1), None
    if addition is not None:
        kind = OutlineRowKind(addition[1])
        under = place if addition[2] else None
        if kind.level != (rows[place].kind.level + 1 if under is not None else 0):
            raise BadRequest("A row of this kind does not go there.")
        return outline.add_row(rows, kind, under)
    if action == "show":
        return rows, None
    raise BadRequest("No such button.")


class OutlineView(WagtailAdminTemplateMixin, TemplateView):
    """The outline of one plan; 404 for users who may not add pages to it."""

    template_name = "admin_pages/outline.html"
    page_title = _("Esquema del plan")
    header_icon = "list-ul"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_start_draft(self.plan, request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def plan(self) -> PlanPage:
        return get_object_or_404(PlanPage, id=self.kwargs["page_id"])

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        stored = load_outline(self.plan, self.user)
        return self.render_to_response(self.get_context_data(rows=list(stored.rows.values())))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save the outline, or show it again as changed by a button."""
        rows = self.read_submitted_rows()
        action = request.POST.get("do", "save")
        if action == "save":
            return self.save(rows)
        attach_stored(rows, load_outline(self.plan, self.user))
        removed = self.read_removed()
        changed, added = change_rows(rows, action, removed)
        return self.render_to_response(
            self.get_context_data(rows=changed, added=added, removed=removed, is_changed=True)
        )

    def read_removed(self) -> list[str]:
        """Return the keys of the saved rows that were taken out before."""
        return list(dict.fromkeys(self.request.POST.getlist("removed")))[:MAX_ROWS]

    def read_submitted_rows(self) -> list[OutlineRow]:
        """Return the rows of the form, which come in the order of the plan."""
        try:
            rows = read_rows(dict(self.request.POST.lists()))
            outline.build_tree(rows)
        except ValueError as error:
            raise BadRequest("The rows of the outline do not fit together.") from error
        if len(rows) > MAX_ROWS:
            raise BadRequest("Too many rows.")
        return rows

    def save(self, rows: list[OutlineRow]) -> HttpResponse:
        try:
            number = save_outline(self.plan, rows, self.user, self.read_removed())
        except OutlineRefused:
            messages.error(
                self.request, gettext("No se guardó nada: corrige lo que se señala junto a cada fila.")
            )
            return self.render_to_response(
                self.get_context_data(rows=rows, removed=self.read_removed(), is_changed=True)
            )
        if number:
            text = ngettext(
                "Se guardó el esquema: %(number)s cambio en borrador.",
                "Se guardó el esquema: %(number)s cambios en borrador.",
                number,
            )
            messages.success(self.request, text % {"number": number})
        else:
            messages.success(self.request, gettext("No había nada que guardar."))
        return redirect("plans:outline", self.plan.pk)

    def get_page_subtitle(self) -> str:
        title: str = self.plan.get_admin_display_title()
        return title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {
                "url": reverse("wagtailadmin_explore", args=[self.plan.pk]),
                "label": self.plan.get_admin_display_title(),
            },
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the rows of ``kwargs``, numbered."""
        rows = number_rows(kwargs.pop("rows"))
        send = f"{reverse('bundles:create')}?plan={self.plan.pk}"
        return {"plan": self.plan, "numbered": rows, "send_url": send, **super().get_context_data(**kwargs)}
