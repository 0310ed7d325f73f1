"""Withdrawing public content with a reason."""

from typing import Any

from django.test import RequestFactory

from abierto.approval.overrides.withdrawal_reasons import FIELD, use_request
from tests.factories import UserFactory


def withdraw(subject: Any, reason: str) -> None:
    """Withdraw a page or a row of the registry with a reason, as its screen does."""
    with use_request(RequestFactory().post("/", {FIELD: reason})):
        subject.unpublish(user=UserFactory(is_superuser=True))
