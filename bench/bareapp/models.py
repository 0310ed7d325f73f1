"""One page type: a title and one rich-text body."""

from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page


class BarePage(Page):
    """A Wagtail page without any code of the project."""

    template = "bareapp/bare_page.html"

    body = RichTextField(blank=True)

    content_panels = [*Page.content_panels, FieldPanel("body")]
