"""The live figures of the plans: stored beside the pages and never computed on read."""
