"""Release bundles: sent together, decided together, public together or not at all."""
