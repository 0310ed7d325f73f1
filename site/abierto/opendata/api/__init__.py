"""The API: lists and records of every resource, as JSON and CSV at the same address."""
