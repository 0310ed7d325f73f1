"""What is raised when the input of a request cannot be understood."""

from django.core.exceptions import BadRequest


class UnreadableInput(BadRequest):
    """Input that no form of the portal sends; Django answers 400, with ``error_message`` on the page."""

    def __init__(self, sentence: str) -> None:
        super().__init__(str(sentence))
        self.sentence = str(sentence)
