"""Plain Spanish in the admin: the score and the findings of a text where it is written and reviewed."""
