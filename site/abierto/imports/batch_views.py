"""Base view of a batch of any kind: its progress, its problems by row, and its actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.views.generic import TemplateView
from wagtail.admin import messages

from abierto.accounts.models import User

from .batches import BatchState
from .undo_obstacles import Obstacle

REFRESH_SECONDS = 3
MOST_OBSTACLES = 20


class BaseBatchView(TemplateView):
    """Show a batch and run its actions; a subclass defines which batches an account may see and change."""

    batch: Any
    url_name: ClassVar[str]
    discarded: ClassVar[str | Promise]
    #: The services behind the actions «load» and «undo», which take the batch and the account.
    requests: ClassVar[dict[str, Callable[[Any, User], None]]]

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    def may_change(self) -> bool:
        """Check whether the account may load, undo or discard the batch."""
        raise NotImplementedError

    def find_obstacles(self) -> Sequence[Obstacle]:
        """Return what prevents the undo of the loaded batch."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the batch; a ``Refresh`` header reloads it while the command works on it."""
        response = self.render_to_response(self.get_context_data())
        if self.batch.is_busy:
            response["Refresh"] = str(REFRESH_SECONDS)
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Run the submitted action; ``NotAllowed`` becomes a message and changes nothing."""
        if not self.may_change():
            raise Http404
        action = request.POST.get("action", "")
        if action in self.requests:
            self.requests[action](self.batch, self.user)
        elif action == "discard":
            self.batch.discard()
            messages.success(request, self.discarded)
        else:
            raise Http404
        return redirect(self.url_name, self.batch.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        batch = self.batch
        obstacles = self.find_obstacles() if batch.state == BatchState.LOADED else ()
        return super().get_context_data(
            batch=batch,
            obstacles=obstacles[:MOST_OBSTACLES],
            bundles=batch.bundles.order_by("pk"),
            page_subtitle=f"{batch.pk} · {batch.name}",
            **kwargs,
        )
