"""Accounts in Wagtail's admin; an administrator cannot raise her own permissions."""
