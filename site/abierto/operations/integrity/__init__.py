"""Is everything as it should be? Read-only questions to the database, the files and the index."""
