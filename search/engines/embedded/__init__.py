"""The embedded engine: tantivy in this process, files in a folder, no server.

The only package that imports tantivy: `fields` (what is stored how), `queries` (plans translated), `counting`
(totals and facets), `writing` (one commit), `engine` (the engine itself).
"""

from search.engines.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
