"""Exceptions for input that cannot be understood."""

from django.core.exceptions import BadRequest


class UnreadableInput(BadRequest):
    """Input that no form of the portal sends; the response is a 400 with ``error_message``."""

    def __init__(self, sentence: str) -> None:
        super().__init__(str(sentence))
        self.sentence = str(sentence)
