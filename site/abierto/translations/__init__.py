"""Translations before publication: missing strings, changes of the source, and review."""
