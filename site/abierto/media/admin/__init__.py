"""Wagtail's image and document listings, limited to the user's scope."""
