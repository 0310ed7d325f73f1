"""Read the rows of spreadsheets and their attached files, and write templates, for every bulk load."""
