"""Encrypted backups of database and files in a folder, their restoration, and the drill of both."""
