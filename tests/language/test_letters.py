"""Every letter template of Wagtail, of allauth and of the portal is in Spanish."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import wagtail.admin
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import override

from abierto.accounts.models import User
from tests.factories import InstitutionFactory, StandardPageFactory
from tests.language.visible_text import texts_of_html
from tests.language.wording import find_english, find_wrong
from tests.repository.files import ROOT

pytestmark = pytest.mark.django_db

FOLDERS = {
    Path(wagtail.admin.__file__).parent / "templates": "wagtailadmin/notifications",
    ROOT / "site/abierto/accounts/templates": "*/email",
}
LETTERS = sorted(
    path.relative_to(folder).as_posix()
    for folder, names in FOLDERS.items()
    for path in folder.glob(f"{names}/*.*")
    if path.suffix in (".txt", ".html")
)
ABOUT_PAGES = tuple(
    f"wagtailadmin/notifications/{name}" for name in ("approved", "rejected", "updated_comments")
)
ADDRESS = re.compile(r"(?:https?:/)?/[\w/#:.%-]+")


def build_context(subject: dict[str, Any], user: User) -> dict[str, Any]:
    """Return what the templates name; ``subject`` is a page or another object."""
    comment = SimpleNamespace(text="Falta la fuente", user=user)
    several = [comment]
    return subject | {
        "revision": SimpleNamespace(content_object=subject.get("page"), object_id=1),
        "user": user,
        "username": "ana",
        "editor": user,
        "requested_by": user,
        "model_name": "institución",
        "task": SimpleNamespace(pk=1, id=1, name="Revisión"),
        "workflow": SimpleNamespace(name="Revisión de Salud"),
        "task_state": SimpleNamespace(finished_by=user, comment="Falta la fuente"),
        "workflow_state": SimpleNamespace(requested_by=user),
        "comment": "Falta la fuente",
        **dict.fromkeys(("new_comments", "resolved_comments", "deleted_comments"), several),
        "replied_comments": [{"comment": comment, "replies": several}],
        "password_reset_url": "https://portal.example/cuenta/",
        "timestamp": timezone.now(),
        "ip": "192.0.2.1",
    }


@pytest.mark.parametrize("language", ["es", "es-mx"])
@pytest.mark.parametrize("kind", ["page", "object"])
def test_every_letter_is_in_spanish(language, kind):
    user = User.objects.create_user("ana", first_name="Ana", last_name="Ruiz", email="ana@example.org")
    subject = {"page": {"page": StandardPageFactory()}, "object": {"object": InstitutionFactory()}}[kind]
    names = [name for name in LETTERS if kind == "page" or not name.startswith(ABOUT_PAGES)]
    found = {}

    with override(language):
        for name in names:
            text = get_template(name).render(build_context(subject, user))
            read = " ".join(texts_of_html(text)) if name.endswith(".html") else text
            plain = ADDRESS.sub(" ", read)
            if faults := find_english(plain) | find_wrong(plain):
                found[name] = (faults, plain)

    assert len(names) >= 40
    assert found == {}
