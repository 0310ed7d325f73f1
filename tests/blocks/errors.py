"""Read the validation errors of a block."""

import pytest
from django.core.exceptions import ValidationError


def read_refusals(block, value) -> dict[str, list[str]]:
    """Clean the value, expecting a refusal; return the messages by field."""
    with pytest.raises(ValidationError) as refused:
        block.clean(block.normalize(value))
    return {name: error.messages for name, error in refused.value.block_errors.items()}
