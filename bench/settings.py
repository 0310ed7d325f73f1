"""What the benchmarks serve: the portal as it is, and one bare page type beside it."""

from abierto.settings.dev import *  # noqa: F403
from abierto.settings.dev import INSTALLED_APPS

DEBUG = False
INSTALLED_APPS = [*INSTALLED_APPS, "bench.bareapp"]
# The bare page is a yardstick: nobody will search for it, and it is under nobody's eyes.
SILENCED_SYSTEM_CHECKS = ["search.E001"]
