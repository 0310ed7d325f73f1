"""Anonymous records of queries and of feedback on their results."""
