"""Confirm an act of the state as its screen does."""

from abierto.acts.services import build_token, confirm_act


def confirm(kind, act, by):
    """Confirm ``act`` as it is read now."""
    return confirm_act(kind, act.pk, build_token(kind, type(act).objects.get(pk=act.pk)), by)
