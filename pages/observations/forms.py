"""The editing form of an answer."""

from typing import Any

from django.forms import ModelChoiceField

from pages.core.base import BasePageForm


class AnswerForm(BasePageForm):
    """The page form, which offers the public observations about the page above."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "observation" in self.fields and self.instance.parent is not None:
            own = self.fields["observation"]
            self.fields["observation"] = ModelChoiceField(
                self.instance.find_answerable(), required=False, label=own.label, help_text=own.help_text
            )
