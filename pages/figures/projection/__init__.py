"""The live figures of the plans, kept beside the pages and never worked out on read."""
