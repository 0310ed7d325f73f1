"""Open data: one serialisation of everything public, for the API, for files and for catalogues."""
