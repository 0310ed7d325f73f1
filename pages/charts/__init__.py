"""Charts and badges as plain objects for templates. No queries."""
