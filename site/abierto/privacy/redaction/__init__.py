"""Replace personal data by stand-ins, the same for the same person or value throughout."""
