"""The screens of those who review and of those who report."""
