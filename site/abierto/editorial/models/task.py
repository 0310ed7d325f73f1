"""The review task."""

from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask


class ReviewTask(AbstractGroupApprovalTask):
    """A task that only somebody else than the authors can approve, and only exactly what they read."""

    class Meta:
        verbose_name = _("revisión por otra persona")
        verbose_name_plural = _("revisiones por otra persona")
