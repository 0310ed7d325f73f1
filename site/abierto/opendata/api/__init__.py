"""The API: the list and the records of every resource, in several formats at the same address."""
