"""The things that the portal publishes as data, one class for each."""
