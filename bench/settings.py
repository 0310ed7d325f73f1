"""Settings of the benchmarks: the portal, and the bare page type beside it."""

from abierto.settings.dev import *  # noqa: F403
from abierto.settings.dev import INSTALLED_APPS

DEBUG = False
INSTALLED_APPS = [*INSTALLED_APPS, "bench.bareapp"]
# The bare page is a reference: it is not searched for and needs no approval.
SILENCED_SYSTEM_CHECKS = ["search.E001", "approval.E001"]
