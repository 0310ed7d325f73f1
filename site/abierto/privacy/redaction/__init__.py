"""Replace personal data by stand-ins; the same person or value always gets the same one."""
