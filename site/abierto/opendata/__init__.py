"""Open data: the serialisation of public content for the API, for files and for catalogues."""
