"""The registry in Wagtail's admin, one module per family."""
