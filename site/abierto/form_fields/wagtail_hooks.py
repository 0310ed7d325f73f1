"""The scripts of the number and date fields, and of pasted text."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_js")
def insert_date_picker_js() -> SafeString:
    """Load the settings of the date picker, not deferred: the inputs start theirs while the page is read."""
    return format_html('<script src="{}"></script>', static("date_picker.js"))


@hooks.register("insert_global_admin_js")
def insert_numbers_js() -> SafeString:
    """Load the script that shows a number as it is understood while it is typed."""
    return format_html('<script src="{}" defer></script>', static("numbers.js"))


@hooks.register("insert_editor_js")
def insert_paste_js() -> SafeString:
    """Load the script that keeps the cells of a pasted table apart."""
    return format_html('<script src="{}" defer></script>', static("paste.js"))
