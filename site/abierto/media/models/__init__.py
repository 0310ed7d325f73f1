"""Images and documents; each belongs to a space."""

from .documents import PortalDocument
from .images import PortalImage, PortalRendition
from .readings import FileReading, ReadingState

__all__ = ["FileReading", "PortalDocument", "PortalImage", "PortalRendition", "ReadingState"]
