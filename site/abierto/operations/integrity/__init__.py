"""``manage.py integrity``: read-only checks of database, files and index."""
