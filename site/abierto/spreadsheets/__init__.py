"""Read the rows of a spreadsheet and the files that come with it: plain Python, for every bulk load."""
