"""Read all text of a file: what it shows, what it hides, and what it carries along."""
