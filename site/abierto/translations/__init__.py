"""Translations on their way to the public: what is missing, what changed in the source, sending to review."""
