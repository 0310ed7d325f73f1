"""Extract all text of a file: visible and hidden text, metadata and attached files."""
