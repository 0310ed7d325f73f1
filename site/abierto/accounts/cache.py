"""Default cache in memory, with allauth's keys in a cache that all processes share.

allauth counts login attempts and marks used codes in the default cache. In the memory of each process, a
limit of five would be five per worker, and a code could be used once per worker.
"""

from typing import Any

from django.core.cache import BaseCache, caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache

SHARED = "attempts"
PREFIX = "allauth"


class SharedAttemptsCache(LocMemCache):
    """Stores allauth's keys in the database cache ``attempts``, all others in memory."""

    def _shared(self, key: Any) -> BaseCache | None:
        """Return the shared cache for keys of allauth, else None."""
        return caches[SHARED] if str(key).startswith(PREFIX) else None

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        shared = self._shared(key)
        if shared is not None:
            return shared.add(key, value, timeout, version)
        return super().add(key, value, timeout, version)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        shared = self._shared(key)
        if shared is not None:
            return shared.get(key, default, version)
        return super().get(key, default, version)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        shared = self._shared(key)
        if shared is not None:
            shared.set(key, value, timeout, version)
        else:
            super().set(key, value, timeout, version)

    def delete(self, key: Any, version: int | None = None) -> bool:
        shared = self._shared(key)
        if shared is not None:
            return shared.delete(key, version)
        return super().delete(key, version)
