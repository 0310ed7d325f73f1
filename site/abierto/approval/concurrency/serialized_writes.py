"""Select the requests that take the tree lock, and repeat a request without side effects."""

from collections.abc import Callable
from pathlib import Path

from django.contrib.messages import constants, get_messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from abierto.addresses import is_admin_address

from .tree_lock import run_with_tree_lock

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})

# Every other write to the admin takes the lock: a new view is safe by default.
UNLOCKED_VIEWS = {
    "wagtailadmin_login": "opens a session",
    "wagtailadmin_logout": "closes it",
    "wagtailadmin_password_reset": "sends a letter",
    "wagtailadmin_password_reset_confirm": "changes one's own password",
    "wagtailadmin_account": "changes one's own account",
    "wagtailadmin_dismissibles": "notes which tips a user has read",
    "wagtailadmin_editing_sessions:ping": "every open editor calls each ten seconds to say it is open",
    "wagtailadmin_editing_sessions:release": "says that it closed",
    "wagtailadmin_pages:preview_on_add": "stores the form in the session and renders it",
    "wagtailadmin_pages:preview_on_edit": "the same",
    "wagtailimages:add": "receives a new file, which no page shows yet, for as long as it takes",
    "wagtailimages:add_multiple": "the same",
    "wagtailimages_chooser:create": "the same, from inside an editing form",
    "wagtaildocs:add": "receives a new document",
    "wagtaildocs:add_multiple": "the same",
    "wagtaildocs_chooser:create": "the same, from inside an editing form",
    "ruling_desk:upload": "receives a spreadsheet and its files, which a command reads later",
    "imports:upload": "the same",
}


def needs_tree_lock(request: HttpRequest) -> bool:
    """Check whether a request may change pages: by default every write of a signed-in user to the admin."""
    if request.method in SAFE_METHODS or request.resolver_match is None:
        return False
    if request.resolver_match.view_name in UNLOCKED_VIEWS:
        return False
    return is_admin_address(request) and request.user.is_authenticated


def respond_serialized(
    request: HttpRequest, view: Callable[[HttpRequest], HttpResponseBase]
) -> HttpResponseBase:
    """Run the view under the lock in one transaction; roll back if it refuses."""

    def answer() -> HttpResponseBase:
        response = view(request)
        if is_refusal(request, response):
            transaction.set_rollback(True)
        return response

    buffer_body(request)
    return run_with_tree_lock(answer, prepare=lambda: reset_request(request))


def is_refusal(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Check whether a response is a refusal, whose database changes are rolled back."""
    return response.status_code >= 400 or is_permission_redirect(request, response)


def is_permission_redirect(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Check for Wagtail's permission error: a redirect to the home page with an error message."""
    to_home = response.status_code == 302 and response.headers.get("Location") == reverse("wagtailadmin_home")
    return to_home and any(message.level >= constants.ERROR for message in queued_messages(request))


def buffer_body(request: HttpRequest) -> None:
    """Read the body into memory for a second attempt. Django buffers posted forms with files itself."""
    if request.method != "POST" or not (request.content_type or "").startswith("multipart/"):
        _ = request.body


def reset_request(request: HttpRequest) -> bool:
    """Undo what the first attempt changed on the request; return whether a second one is possible."""
    queued_messages(request).clear()
    for _name, files in request.FILES.lists():
        for file in files:
            if not rewind_upload(file):
                return False
    return True


def rewind_upload(file: UploadedFile) -> bool:
    """Rewind an uploaded file; return False if the first attempt moved it away."""
    temporary = getattr(file, "temporary_file_path", None)
    if file.closed or (temporary is not None and not Path(temporary()).exists()):
        return False
    file.seek(0)
    return True


def queued_messages(request: HttpRequest) -> list:
    """Return the messages that this request added."""
    queued: list = get_messages(request)._queued_messages  # type: ignore[union-attr]
    return queued
