"""Static files are scanned once in each process.

Every test client builds the middleware anew, and WhiteNoise then scans all folders. No file changes during a
run: the
second client gets the first one's files.
"""

from whitenoise.base import StaticFile
from whitenoise.middleware import WhiteNoiseMiddleware


def install() -> None:
    """Make WhiteNoise reuse the scanned files, in this process."""
    look = WhiteNoiseMiddleware.add_files_from_finders
    found: dict[str, StaticFile] = {}

    def add_what_was_found(self):
        if not found:
            look(self)
            found.update(self.files)
        self.files.update(found)

    WhiteNoiseMiddleware.add_files_from_finders = add_what_was_found
