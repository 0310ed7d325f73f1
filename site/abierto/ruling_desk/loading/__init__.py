"""Bulk load of rulings: columns, drafts, checks of rows, saving, undo."""
