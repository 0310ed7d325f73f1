"""The formats of English: Django's own read the month first, and end a time with the point of «p.m.»."""

from abierto.formats.input_formats import DATE_INPUT_FORMATS, DATETIME_INPUT_FORMATS

__all__ = ["DATETIME_FORMAT", "DATETIME_INPUT_FORMATS", "DATE_INPUT_FORMATS"]

#: As ``pages.core.formatting.full_date``, with the hour as in Spanish.
DATETIME_FORMAT = "F j, Y, H:i"
