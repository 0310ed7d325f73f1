"""Abierto: an open-government portal on Wagtail."""
