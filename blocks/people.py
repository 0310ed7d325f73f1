"""People with their post and institution, as text."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from blocks.base import DATA, PortalBlock
from blocks.fields import FixedCharBlock, LineBlock


class PersonBlock(PortalBlock):
    """A person in a post, without personal contact data."""

    name = FixedCharBlock(label=_("Nombre"), max_length=150)
    post = LineBlock(label=_("Cargo"), required=False, max_length=200)
    institution = LineBlock(label=_("Institución"), required=False, max_length=200)

    class Meta:
        icon = "user"
        label = _("Persona")
        label_format = "{name}"


class PeopleBlock(PortalBlock):
    """A table of participants."""

    title = LineBlock(
        label=_("Quiénes son"), max_length=150, help_text=_("Por ejemplo, «Integrantes según el acta».")
    )
    people = blocks.ListBlock(PersonBlock(), label=_("Personas"), min_num=1)

    class Meta:
        icon = "group"
        label = _("Personas")
        group = DATA
        description = _("Nombres con su cargo e institución.")
        template = "blocks/people.html"
        preview_value: dict[str, Any] = {
            "title": _("Integrantes del Secretariado"),
            "people": [
                {"name": _("Nombre de ejemplo"), "post": _("Facilitación"), "institution": _("Universidad")}
            ],
        }
