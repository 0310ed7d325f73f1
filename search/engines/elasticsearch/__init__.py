"""The engine for clusters: an Elasticsearch 8 index that several hosts share.

Only this package imports the client libraries: `connection` (timeouts, errors), `fields` (the mapping),
`queries` (plans to queries), `live` (reading), `answers` (responses), `lease` (one writer at a time),
`writing` (changes), `engine`.
"""

from search.engines.elasticsearch.engine import ElasticsearchEngine

__all__ = ["ElasticsearchEngine"]
