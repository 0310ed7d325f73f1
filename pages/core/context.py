"""Context builders: what a page type adds to its template context.

A builder imports the page types that it lists, so a page type names its builder by dotted path
(``context_builder = "pages.home.context.build_home_context"``) and the path is imported on first use.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.utils.module_loading import import_string

ContextBuilder = Callable[[Any, HttpRequest], dict[str, Any]]


@cache
def load_builder(path: str) -> ContextBuilder:
    """Import the builder at ``path``. Raises ``ImportError`` when there is none."""
    builder: ContextBuilder = import_string(path)
    return builder
