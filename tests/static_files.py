"""Static files that are looked for once in each process.

Every test client builds the middleware anew, and WhiteNoise then goes through all folders and asks the system
about each file. Nobody changes them during a run: the second client gets the first's.
"""

from whitenoise.base import StaticFile
from whitenoise.middleware import WhiteNoiseMiddleware


def install() -> None:
    """Make WhiteNoise keep what it found, in this process."""
    look = WhiteNoiseMiddleware.add_files_from_finders
    found: dict[str, StaticFile] = {}

    def add_what_was_found(self):
        if not found:
            look(self)
            found.update(self.files)
        self.files.update(found)

    WhiteNoiseMiddleware.add_files_from_finders = add_what_was_found
