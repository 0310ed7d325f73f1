"""The page types of the parts of a ruling, each with its own draft, review and history."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField

from abierto.approval.ledger.imports import current_import
from abierto.text import rich_text_lines, visible_text
from blocks.base import PortalStreamBlock
from pages.core.base import BasePage
from pages.core.easy_read import EASY_READ_FIELDS, EasyReadMixin, easy_read_panel, easy_read_translations
from pages.core.translation import get_source_page, synchronized_fields

from . import rules
from .blocks import STEP_BLOCKS, TEXT_PAGE_BLOCKS
from .enums import PartRole
from .forms import PublicVersionForm, RulingPartForm
from .panels import StepsPanel
from .sections import PUBLIC_ANCHOR
from .texts import describe_published_text, find_repeated_numbers, list_written_pages

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

STEPS_PANEL = StepsPanel(heading=_("Pasos"))
PROSE_FEATURES = ["bold", "italic", "ul", "ol", "link"]


class RulingPart:
    """The mixin of the parts: a fixed title and slug, one of each type, an address within the ruling's page.

    Its import path is in the migrations: never move or rename it.
    """

    #: The title of the part, and its slug, which is the id of its section on the page of the ruling.
    part_title: ClassVar[StrOrPromise]
    anchor: ClassVar[str]
    #: The name of the part among those of a ruling (``RulingParts``).
    role: ClassVar[PartRole]

    context_builder = "pages.rulings.context.build_part_context"
    copied_with_parent = False
    parent_page_types: ClassVar[list[str]] = ["pages.RulingPage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1

    def complete_title(self) -> None:
        """Give a new part its title and its slug."""
        page: Any = self
        if page.pk is None:
            page.title = page.title or str(self.part_title)
            page.slug = page.slug or self.anchor

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Complete the title before the validation."""
        self.complete_title()
        super().full_clean(*args, **kwargs)  # type: ignore[misc]

    def minimal_clean(self) -> None:
        """Complete the title before a draft is saved."""
        self.complete_title()
        super().minimal_clean()  # type: ignore[misc]

    def clean(self) -> None:
        """Refuse a part without its ruling, and a second one of its kind."""
        super().clean()  # type: ignore[misc]
        page: Any = self
        parent = page.parent
        if parent is None:
            return
        if parent.specific_class not in page.clean_parent_page_models():
            raise ValidationError(_("Una parte cuelga de su sentencia. Créala desde la sentencia."))
        if page.others_of_type().child_of(parent).exists():
            raise ValidationError(_("Esta sentencia ya tiene esta parte. Edita la que existe."))

    def missing_before(self, together: Collection[int]) -> str:
        """Return the error if the tribunal must publish another part first; ``together`` are page ids."""
        return rules.first_part_error(self, together)

    @property
    def review_title(self) -> str:
        """The name among the parts of other rulings."""
        page: Any = self
        parent = page.parent
        return f"{parent.title}: {page.title}" if parent is not None else page.title

    def get_admin_display_title(self) -> str:
        """Return the name among the parts of other rulings; Wagtail's where the draft is hidden."""
        return self.review_title

    def get_url_parts(self, *args: Any, **kwargs: Any) -> Any:
        """Return the address of the section on the page of the ruling."""
        found = super().get_url_parts(*args, **kwargs)  # type: ignore[misc]
        if found is None or found[2] is None:
            return found
        *site, path = found
        return (*site, f"{path.rstrip('/').rpartition('/')[0]}/#{self.anchor}")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Redirect to the section of the page of the ruling; a preview shows the part alone."""
        if getattr(request, "is_preview", False) or hasattr(request, "guest_link"):
            response: HttpResponse = super().serve(request, *args, **kwargs)  # type: ignore[misc]
            return response
        return HttpResponseRedirect(self.get_url(request))  # type: ignore[attr-defined]


class PublicVersionPage(RulingPart, BasePage):
    """The court's own text without personal data: a file, its text by pages, or both."""

    part_title = PartRole.PUBLIC.label
    anchor = PUBLIC_ANCHOR
    role = PartRole.PUBLIC
    shows_own_branch = True
    history_fields = frozenset({"document", "pages"})
    quoted_fields = frozenset({"pages"})
    search_kind = None  # its passages are those of the ruling

    template = "pages/ruling_part_page.html"
    base_form_class = PublicVersionForm
    page_description = _("El texto del tribunal, con los datos personales cubiertos.")

    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        verbose_name=_("archivo"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("PDF o DOCX, ya sin datos personales."),
    )
    pages = StreamField(
        PortalStreamBlock(TEXT_PAGE_BLOCKS),
        verbose_name=_("texto por páginas"),
        blank=True,
        help_text=_("Con el número de cada página. Sin texto, el buscador no encuentra lo que dice."),
    )
    anonymized_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("anonimizada por"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Quien cubrió los datos personales. En público aparece su cargo."),
    )
    names_reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("nombres revisados por"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Otra persona, que leyó todo y no encontró nombres. En público aparece su cargo."),
    )

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *synchronized_fields("document", "anonymized_by", "names_reviewed_by"),
    ]

    class Meta:
        verbose_name = _("versión pública")
        verbose_name_plural = _("versiones públicas")

    content_panels = [
        STEPS_PANEL,
        FieldPanel("document"),
        FieldPanel(
            "pages",
            help_text=_("Vacío: el texto del archivo. Escríbelo si el archivo es una imagen escaneada."),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("anonymized_by"), FieldPanel("names_reviewed_by")])],
            heading=_("Quién cuidó los datos personales"),
            help_text=_("Quien revisó los nombres es quien aprueba esta versión."),
        ),
    ]

    def clean(self) -> None:
        """Refuse a review of the names by the person who covered them."""
        super().clean()
        message = rules.same_person_error(self.anonymized_by_id, self.names_reviewed_by_id)
        if message:
            raise ValidationError({"names_reviewed_by": message})

    def publication_errors(self) -> dict[str, Any]:
        """Return, by content path, the errors that block publication."""
        errors = {}
        if self.document_id is None and not self.pages:
            errors["pages"] = gettext("Sube el archivo o escribe el texto.")
        if repeated := find_repeated_numbers(list_written_pages(self)):
            sentence = gettext("La página %(number)d está dos veces. Corrige su número.")
            errors["pages"] = sentence % {"number": repeated[0]}
        if self.anonymized_by_id is None:
            errors["anonymized_by"] = gettext("Di quién cubrió los datos personales.")
        if self.names_reviewed_by_id is None:
            errors["names_reviewed_by"] = gettext("Di quién revisó que no quedaran nombres.")
        return errors

    def missing_approver(self, approvers: Collection[int]) -> str:
        """Return the error if the reviewer of the names is not among ``approvers`` (user ids).

        A translation needs no such approval: its source has it.
        """
        if get_source_page(self) is not self:
            return ""
        return rules.reviewer_error(self.names_reviewed_by, approvers)

    def publication_effects(self) -> list[str]:
        """Return the notes for the reviewer: who must approve, and which text is published."""
        return [*filter(None, [self.missing_approver(())]), *describe_published_text(self)]


class PlainVersionPage(RulingPart, BasePage):
    """The ruling in plain Spanish."""

    part_title = PartRole.PLAIN.label
    anchor = "lenguaje-claro"
    role = PartRole.PLAIN
    shows_own_branch = True
    history_fields = frozenset({"what_happened", "what_was_decided", "why", "what_next", "what_to_do"})
    search_kind = None  # its passages are those of the ruling

    template = "pages/ruling_part_page.html"
    base_form_class = RulingPartForm
    page_description = _("Qué pasó, qué se decidió, por qué y qué sigue, en español claro.")

    what_happened = RichTextField(_("qué pasó"), blank=True, features=PROSE_FEATURES)
    what_was_decided = RichTextField(_("qué se decidió"), blank=True, features=PROSE_FEATURES)
    why = RichTextField(_("por qué"), blank=True, features=PROSE_FEATURES)
    what_next = RichTextField(_("qué sigue"), blank=True, features=PROSE_FEATURES)
    what_to_do = RichTextField(
        _("qué pueden hacer las partes"),
        blank=True,
        features=PROSE_FEATURES,
        help_text=_("Plazos y caminos, para quienes están en el juicio o les pasa algo parecido."),
    )

    class Meta:
        verbose_name = _("versión en lenguaje claro")
        verbose_name_plural = _("versiones en lenguaje claro")

    content_panels = [
        STEPS_PANEL,
        FieldPanel("what_happened"),
        FieldPanel("what_was_decided"),
        FieldPanel("why"),
        FieldPanel("what_next"),
        FieldPanel("what_to_do"),
    ]

    def publication_errors(self) -> dict[str, Any]:
        """Return, by content path, the errors that block publication.

        An import has no reviewer who could justify a low score, so it must reach the score of plain language.
        """
        required = ("what_happened", "what_was_decided", "why", "what_next")
        errors = {
            name: gettext("Falta esta parte del texto.")
            for name in required
            if not _has_text(getattr(self, name))
        }
        if current_import() is not None and (needed := self.approval_reason_needed()):
            errors["what_happened"] = needed
        return errors

    def approval_reason_needed(self) -> str:
        """Return the request for a comment if the score is below plain language; else an empty text."""
        score = self.score
        if score is None or score >= rules.PLAIN_SCORE:
            return ""
        return gettext(
            "El texto tiene %(score)d puntos INFLESZ y el lenguaje claro pide %(wanted)d. "
            "Si lo apruebas, escribe en el comentario por qué: se publica junto al texto."
        ) % {"score": score, "wanted": rules.PLAIN_SCORE}

    def publication_effects(self) -> list[str]:
        """Return the note for the reviewer about a low score."""
        needed = self.approval_reason_needed()
        return [needed] if needed else []

    @property
    def score(self) -> float | None:
        """The INFLESZ score of the text; None in another language or without text."""
        return rules.measure_score(self)


class EasyReadPage(RulingPart, EasyReadMixin, BasePage):
    """The easy-read version. It complements the ruling and never replaces it."""

    part_title = PartRole.EASY.label
    anchor = "lectura-facil"
    role = PartRole.EASY
    shows_own_branch = True
    history_fields = frozenset({"text"}) | EASY_READ_FIELDS
    search_kind = None  # its passages are those of the ruling

    template = "pages/ruling_part_page.html"
    base_form_class = RulingPartForm
    page_description = _("Oraciones muy cortas, para quien lee con dificultad. La validan sus lectores.")

    text = RichTextField(_("texto"), blank=True, features=PROSE_FEATURES)

    override_translatable_fields = [*BasePage.override_translatable_fields, *easy_read_translations()]

    class Meta:
        verbose_name = _("versión en lectura fácil")
        verbose_name_plural = _("versiones en lectura fácil")

    content_panels = [STEPS_PANEL, FieldPanel("text"), easy_read_panel()]

    def publication_errors(self) -> dict[str, Any]:
        """Return, by content path, the errors that block publication."""
        errors = self.find_record_errors()
        if not _has_text(self.text):
            errors["text"] = gettext("Falta esta parte del texto.")
        return errors

    def publication_effects(self) -> list[str]:
        """Return notes on a score below that of easy texts, and on the validation by readers."""
        effects, score = self.find_record_effects(), rules.measure_score(self)
        if score is None or score >= rules.EASY_SCORE:
            return effects
        return [
            *effects,
            gettext("El texto tiene %(score)d puntos INFLESZ; la lectura fácil suele tener %(wanted)d o más.")
            % {"score": score, "wanted": rules.EASY_SCORE},
        ]


class InfographicPage(RulingPart, BasePage):
    """A picture of the case, with all that it says as text."""

    part_title = PartRole.INFOGRAPHIC.label
    anchor = "infografia"
    role = PartRole.INFOGRAPHIC
    history_fields = frozenset({"image", "intro", "steps"})
    search_kind = None  # its passages are those of the ruling

    template = "pages/ruling_part_page.html"
    base_form_class = RulingPartForm
    page_description = _("El caso en una imagen, con todo lo que dice escrito como texto.")

    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("imagen"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    intro = models.CharField(
        _("qué muestra la imagen"), max_length=250, blank=True, help_text=_("En una oración.")
    )
    steps = StreamField(
        PortalStreamBlock(STEP_BLOCKS),
        verbose_name=_("la imagen en palabras"),
        blank=True,
        help_text=_("Una por cada parte de la imagen, en su orden: lo lee quien no la ve."),
    )

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *synchronized_fields("image"),
    ]

    class Meta:
        verbose_name = _("infografía")
        verbose_name_plural = _("infografías")

    content_panels = [STEPS_PANEL, FieldPanel("image"), FieldPanel("intro"), FieldPanel("steps")]

    def publication_errors(self) -> dict[str, Any]:
        """Return, by content path, the errors that block publication."""
        errors = {}
        if self.image_id is None:
            errors["image"] = gettext("Elige la imagen.")
        if not visible_text(self.intro):
            errors["intro"] = gettext("Di en una oración qué muestra la imagen.")
        if len(self.steps) < rules.MIN_STEPS:
            errors["steps"] = gettext("Escribe la imagen en palabras: al menos dos partes.")
        return errors


PART_TYPES = (PlainVersionPage, EasyReadPage, InfographicPage, PublicVersionPage)


def _has_text(html: str) -> bool:
    return bool(visible_text(rich_text_lines(html)))
