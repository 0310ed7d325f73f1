"""The resources of the API, one class for each."""
