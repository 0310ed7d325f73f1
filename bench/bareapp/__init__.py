"""The baseline of the page benchmark: the smallest page of Wagtail's own start project."""
