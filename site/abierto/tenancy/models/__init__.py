"""Spaces: whose is what."""

from .space import Space, SpaceRoot

__all__ = ["Space", "SpaceRoot"]
