"""Dates as people write them here, whatever the language of the screens: day/month/year.

Django adds the ISO formats to them.
"""

_DAYS = ("%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y")
_TIMES = ("%H:%M", "%H:%M:%S")

DATE_INPUT_FORMATS = [*_DAYS]
DATETIME_INPUT_FORMATS = [*(f"{day} {time}" for day in _DAYS for time in _TIMES), *_DAYS]
