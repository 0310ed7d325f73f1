"""What editors see of the plans beyond Wagtail's own screens: listings, buttons, panels and proposals."""
