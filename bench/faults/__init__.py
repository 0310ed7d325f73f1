"""Measure what is lost, or shown after its withdrawal, when a part of the portal fails under load."""
