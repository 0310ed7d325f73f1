"""Find personal data in texts and files. The core is plain Python: no Django, no database."""
