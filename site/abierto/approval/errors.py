"""Exceptions for refused actions, with the messages shown to users.

Wagtail imports this module while it builds its own models: this module must not import them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise
    from wagtail.models import Revision


def join_first(sentences: Sequence[str], shown: int) -> str:
    """Return the first sentences as one text that says how many more there are."""
    more = len(sentences) - shown
    rest = [ngettext("Y %(more)s más.", "Y %(more)s más.", more) % {"more": more}] if more > 0 else []
    return " ".join([*sentences[:shown], *rest])


class NotApproved(PermissionDenied):
    """Content would become public without the approval of exactly that content by another person."""


class ReviewRefused(Exception):
    """A review that cannot go ahead; the message gives the reason and the remedy.

    Not a ``PermissionDenied``: the admin turns those into a redirect with its own message.
    """

    #: The heading above the message.
    heading: StrOrPromise = _("No se publicó nada")

    def __init__(self, sentence: str) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class NotAllowed(ReviewRefused):
    """An action, other than publishing, that needs a second person; the message names who can do it."""

    heading = _("No se cambió nada")


class RoleRefused(NotAllowed):
    """A reviewing role that cannot be granted like this."""

    heading = _("No se dio el papel de revisar")


class NothingSaved(ReviewRefused):
    """A write that failed for a technical reason."""

    heading = _("No se guardó nada")


class ReferencesRefused(ReviewRefused):
    """Content with a reference to an object that its space or author may not use, or that does not exist."""

    heading = _("No se guardó nada")


class ContentChanged(ReviewRefused):
    """The version that the reviewer read is no longer the current one: both are shown and nothing changes."""

    def __init__(self, sentence: str, page: Any, read: Revision | None, current: Revision | None) -> None:
        super().__init__(sentence)
        self.page = page
        self.read = read
        self.current = current


class InvalidVersion(ValidationError):
    """A version that the edit form would refuse; each message names the title, and the field it is about."""

    SHOWN = 4

    def __init__(
        self,
        title: str,
        problems: list[str],
        places: Sequence[tuple[str, str]] = (),
        warnings: Sequence[Any] = (),
    ) -> None:
        self.title, self.problems = title, problems
        self.places = tuple(places)
        """The content path and the message of each problem."""
        self.warnings = tuple(warnings)
        """The unconfirmed warnings, if nothing else is wrong."""
        super().__init__([f"«{title}»: {problem}" for problem in problems])

    @property
    def summary(self) -> str:
        """Return the first problems as one text, without the title."""
        return join_first(self.problems, self.SHOWN)


class InvalidContent(ReviewRefused):
    """A version that cannot be approved because the edit form would refuse it."""

    def __init__(self, error: InvalidVersion) -> None:
        self.problems, self.places, self.warnings = error.summary, error.places, error.warnings
        super().__init__(f"«{error.title}»: {error.summary}")


class InvalidSubmission(InvalidContent):
    """A version that cannot be sent to review, for the same reason."""

    heading = _("No se envió nada")


class UnconfirmedWarnings(Exception):
    """A version with possible personal data: its sender must confirm each warning with a reason.

    Not a ``ReviewRefused``: views that show refusals in their own forms would leave out the confirmation.
    """

    heading: StrOrPromise = _("Confirma los avisos")

    def __init__(self, error: InvalidVersion) -> None:
        self.title, self.places, self.warnings = error.title, error.places, error.warnings
        self.sentence = f"«{error.title}»: {error.summary}"
        super().__init__(self.sentence)


class NotPublished(Exception):
    """A version could not be published on its date."""

    def __init__(self, sentence: str, revision: int, title: str) -> None:
        super().__init__(f"«{title}»: {sentence}")
        self.sentence = sentence
        self.revision = revision
        self.title = title


class GroupNotPublished(NotPublished):
    """One version of a publish group cannot be published: none of them is."""
