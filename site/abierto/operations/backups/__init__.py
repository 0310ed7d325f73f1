"""Backups: database, files and manifest in a folder, encrypted; restoring them; the drill of both."""
