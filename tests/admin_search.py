"""The index of the admin's search in tests that do not commit."""

from search.admin_index import find_all_differences, write_row


def fill_admin_index() -> None:
    """Write what commits would have written."""
    for difference in find_all_differences():
        write_row(difference)
