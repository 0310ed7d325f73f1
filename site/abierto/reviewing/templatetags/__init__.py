"""Template tags of the work around reviews."""
