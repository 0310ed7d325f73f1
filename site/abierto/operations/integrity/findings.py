"""What a check answers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be, in Spanish, with what to do about it."""

    message: str
    fix: str
