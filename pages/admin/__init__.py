"""The admin of plans beyond Wagtail's own screens: listings, buttons, panels and proposed drafts."""
