"""What the public pages are measured against: the smallest page that Wagtail's own start project serves."""
