"""Views of «Copia del micrositio»: order a copy, see its state, and download it."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from abierto.accounts.models import User
from abierto.approval.errors import NotAllowed

from .models import CopyState, MicrositeCopy
from .services import copied_spaces, find_copies, order_copy


class CopiesView(WagtailAdminTemplateMixin, TemplateView):
    """List the municipalities whose copies the user may order, each with its last copy; order one."""

    template_name = "microsite_copies/list.html"
    page_title = _("Copia del micrositio")
    header_icon = "download"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not copied_spaces(cast(User, request.user)).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Order a copy; ``NotAllowed`` becomes a message."""
        user, key = cast(User, request.user), request.POST.get("space", "")
        space = copied_spaces(user).filter(slug=key).first()
        if space is None:
            raise Http404
        try:
            order_copy(space, user)
        except NotAllowed as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("Se está preparando. Te avisamos por correo cuando esté lista."))
        return redirect("microsite_copies:list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = cast(User, self.request.user)
        last = {copy.holder_id: copy for copy in find_copies(user).order_by("pk")}
        rows = [(space, last.get(space.pk)) for space in copied_spaces(user)]
        return super().get_context_data(rows=rows, **kwargs)


class DownloadView(View):
    """Download the archive of a copy."""

    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        """Send the file; 404 without a file and for copies of other spaces."""
        copies = find_copies(cast(User, request.user)).filter(state=CopyState.DONE)
        copy: MicrositeCopy = get_object_or_404(copies.select_related("holder"), pk=pk)
        try:
            content = copy.file.open("rb")
        except OSError as error:
            raise Http404 from error
        name = f"{copy.holder.slug}-{timezone.localdate(copy.ordered_at):%Y-%m-%d}.zip"
        return FileResponse(content, as_attachment=True, filename=name, content_type="application/zip")
