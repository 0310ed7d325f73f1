"""The engine for clusters: an index of Elasticsearch 8 that several hosts share.

The only package that imports its libraries: `connection` (short waits, errors of ours), `fields` (the
mapping), `queries` (plans translated), `live` (asking), `answers` (what comes back), `lease` (one writer at a
time), `writing` (changes), `engine`.
"""

from search.engines.elasticsearch.engine import ElasticsearchEngine

__all__ = ["ElasticsearchEngine"]
