"""The detectors, in the order of their precedence."""

from . import keys, numbers, contacts, documents, places, people, sensitive  # noqa: F401, I001
