"""Images and documents; each belongs to a space."""

from .documents import PortalDocument
from .images import PortalImage, PortalRendition
from .readings import FileReading, FileText, ReadingState

__all__ = ["FileReading", "FileText", "PortalDocument", "PortalImage", "PortalRendition", "ReadingState"]
