"""Models of images and documents, each of which belongs to a space, and of their readings."""

from .documents import PortalDocument
from .images import PortalImage, PortalRendition
from .readings import FileReading, FileText, ReadingState

__all__ = ["FileReading", "FileText", "PortalDocument", "PortalImage", "PortalRendition", "ReadingState"]
