"""How people comment in the tests: on the review and in the editor."""

from django.core import mail

from abierto.approval.models.task import create_review_workflow
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.provisioning import create_space, get_or_create_groups
from tests.abierto.approval.newsroom import person
from tests.pages.admin.worlds import opened, posted


def stranger():
    """Return a user of another space."""
    groups = get_or_create_groups("Otro")
    create_space(SpaceKind.MUNICIPALITY, "Otro", "otro", create_review_workflow("Otro", groups.reviewers))
    return person("vecina", groups.editors, last_name="De Otro Lugar")


def post_comment(client, screen, text, path="narrative", **more):
    return client.post(screen, {"action": "comment", "path": path, "text": text, "key": path} | more)


def mention_emails():
    """Return the e-mails about mentions; Wagtail sends others."""
    return [letter for letter in mail.outbox if letter.subject.startswith("Te mencionaron")]


def first_row(update):
    return f"rows.{update.rows.all()[0].action_key}.percent"


def in_the_editor(client, page, text, path="narrative", **more):
    """Save the form with one comment more, as Wagtail's script sends it."""
    form = opened(client, page) | {
        "comments-TOTAL_FORMS": "1",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
        "comments-0-id": "",
        "comments-0-text": text,
        "comments-0-contentpath": path,
        "comments-0-position": "",
        "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
        "comments-0-replies-MIN_NUM_FORMS": "0",
        "comments-0-replies-MAX_NUM_FORMS": "",
    }
    return posted(client, page, form | more)


def save_title(client, page, title):
    """Save the form with another title and without open comments."""
    comments = {f"comments-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN_NUM")}
    form = opened(client, page) | comments | {"comments-MAX_NUM_FORMS": "", "title": title}
    return posted(client, page, form)
