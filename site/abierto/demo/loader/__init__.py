"""Loader of the demo content: one module per part, ``load.py`` for the order."""
