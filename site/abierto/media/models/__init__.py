"""Images and documents; each belongs to a space."""

from .documents import PortalDocument
from .images import PortalImage, PortalRendition

__all__ = ["PortalDocument", "PortalImage", "PortalRendition"]
