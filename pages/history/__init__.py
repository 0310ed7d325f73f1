"""The history of a public page: every decision about it, and what each version changed."""
