"""The embedded engine: tantivy in this process, files in a folder, no server.

Only this package imports tantivy: `fields` (the schema), `queries` (plans to queries), `counting` (totals and
facets), `folder` (files and locks), `writing` (commits), `engine`.
"""

from search.engines.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
