"""Find personal data in texts and files. Apart from the command, this is plain Python without Django."""
