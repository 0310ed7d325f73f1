"""Wagtail's lists of images and documents, narrowed to the space of the person."""
