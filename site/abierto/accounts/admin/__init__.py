"""Accounts in Wagtail's admin: whoever keeps them cannot raise herself above her office."""
