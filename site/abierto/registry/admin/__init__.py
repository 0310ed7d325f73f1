"""Registry views in Wagtail's admin, one module per concern."""
