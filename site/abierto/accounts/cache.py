"""A cache in this process's memory, but for what guards the door: that is counted once for all processes.

allauth counts attempts, and marks codes as used, in the default cache. Counted in the memory of each process,
a limit of five would be five for each worker, and a code could be used once with each.
"""

from typing import Any

from django.core.cache import BaseCache, caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache

SHARED = "attempts"
PREFIX = "allauth"


class DoorKeepingCache(LocMemCache):
    """Keeps allauth's keys in the cache called «attempts», in the database; all others in memory."""

    def _shared(self, key: Any) -> BaseCache | None:
        """Return the shared cache when ``key`` belongs there."""
        return caches[SHARED] if str(key).startswith(PREFIX) else None

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Write unless it is there."""
        shared = self._shared(key)
        if shared is not None:
            return shared.add(key, value, timeout, version)
        return super().add(key, value, timeout, version)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """Read."""
        shared = self._shared(key)
        if shared is not None:
            return shared.get(key, default, version)
        return super().get(key, default, version)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Write."""
        shared = self._shared(key)
        if shared is not None:
            shared.set(key, value, timeout, version)
        else:
            super().set(key, value, timeout, version)

    def delete(self, key: Any, version: int | None = None) -> bool:
        """Remove."""
        shared = self._shared(key)
        if shared is not None:
            return shared.delete(key, version)
        return super().delete(key, version)
