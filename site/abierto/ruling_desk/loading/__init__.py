"""Bulk load of rulings: columns, checks of rows, drafts, undoing."""
