"""Institutions, people and municipalities. Institutions end: code must not assume that one exists."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelsearch import index

from abierto.registry.enums import InstitutionKind
from abierto.tenancy.models import Space
from abierto.text import split_lines
from blocks.validators import validate_web_address

from .base import ValidDuring
from .reviewed import DatedQuerySet, ReviewedQuerySet, ReviewedRow


class Institution(ReviewedRow, ValidDuring):
    """A public body, university or association that can be a party to a commitment."""

    name = models.CharField(
        _("nombre"), max_length=200, unique=True, help_text=_("Como aparece en los documentos oficiales.")
    )
    acronym = models.CharField(_("siglas"), max_length=40, blank=True)
    common_name = models.CharField(
        _("nombre corto"),
        max_length=60,
        blank=True,
        default="",
        db_default="",
        help_text=_("Para las tablas, como «Poder Ejecutivo». Vacío: las siglas, o el nombre."),
    )
    kind = models.CharField(_("tipo"), max_length=20, choices=InstitutionKind)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("sucesora"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
        help_text=_("La institución que tomó sus funciones cuando esta terminó."),
    )

    website = models.URLField(
        _("sitio oficial"), blank=True, default="", db_default="", validators=[validate_web_address]
    )
    email = models.EmailField(
        _("correo oficial"),
        blank=True,
        default="",
        db_default="",
        help_text=_("El buzón de la oficina, no el de una persona. Va al pie de sus páginas."),
    )
    transparency_url = models.URLField(
        _("página de la unidad de transparencia"),
        blank=True,
        default="",
        db_default="",
        validators=[validate_web_address],
    )
    transparency_email = models.EmailField(
        _("correo de la unidad de transparencia"), blank=True, default="", db_default=""
    )
    transparency_phone = models.CharField(
        _("teléfono de la unidad de transparencia"), max_length=60, blank=True, default="", db_default=""
    )
    transparency_address = models.CharField(
        _("domicilio de la unidad de transparencia"), max_length=200, blank=True, default="", db_default=""
    )

    objects = models.Manager.from_queryset(DatedQuerySet)()

    official_contact_fields = frozenset({"transparency_phone", "transparency_address"})
    search_fields = [index.AutocompleteField("name"), index.AutocompleteField("acronym")]

    class Meta:
        ordering = ["name"]
        verbose_name = _("institución")
        verbose_name_plural = _("instituciones")

    def __str__(self) -> str:
        return self.name

    @property
    def short_name(self) -> str:
        """Return the name for a table: the common one, the acronym, or the whole name."""
        return self.common_name or self.acronym or self.name

    @property
    def has_transparency_contact(self) -> bool:
        """Check whether any contact of its transparency unit is known."""
        return any(
            (
                self.transparency_url,
                self.transparency_email,
                self.transparency_phone,
                self.transparency_address,
            )
        )

    def clean(self) -> None:
        """Refuse a cycle of successors."""
        super().clean()
        seen, current = {self.pk}, self.successor
        while current is not None:
            if current.pk in seen and self.pk is not None:
                raise ValidationError(
                    {"successor": _("Una institución no puede sucederse a sí misma. Elige otra.")}
                )
            seen.add(current.pk)
            current = current.successor


class Person(ReviewedRow):
    """A person named in a public document. Has no contact data, on purpose."""

    name = models.CharField(_("nombre"), max_length=160)
    honorific = models.CharField(
        _("tratamiento"), max_length=40, blank=True, help_text=_("Por ejemplo: Lic., Dra., Mtro.")
    )

    objects = models.Manager.from_queryset(ReviewedQuerySet)()

    search_fields = [index.AutocompleteField("name")]

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("persona")
        verbose_name_plural = _("personas")

    def __str__(self) -> str:
        return f"{self.honorific} {self.name}".strip()


class Municipality(ReviewedRow):
    """A municipality, identified by its key in INEGI's catalogue."""

    code = models.CharField(
        _("clave INEGI"),
        max_length=5,
        unique=True,
        validators=[
            RegexValidator(r"^\d{5}$", _("Escribe los cinco dígitos de la clave, por ejemplo 11001."))
        ],
    )
    name = models.CharField(_("nombre"), max_length=120, unique=True)
    aliases = models.CharField(
        _("otros nombres"),
        max_length=200,
        blank=True,
        help_text=_("Como le dice la gente, separados por comas. Se usan al buscar."),
    )
    population = models.PositiveIntegerField(
        _("población"), null=True, blank=True, help_text=_("Censo de Población y Vivienda 2020, INEGI.")
    )
    external_site_url = models.URLField(
        _("sitio propio"),
        blank=True,
        validators=[validate_web_address],
        help_text=_("Si el municipio publica su gobierno abierto en otra dirección."),
    )
    external_site_source = models.CharField(
        _("de dónde sale la dirección"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text=_("El documento y su fecha: «Lista de municipios con secretariado, 2021»."),
    )
    data_url = models.URLField(
        _("sus datos en JSON"),
        blank=True,
        default="",
        db_default="",
        validators=[validate_web_address],
        help_text=_(
            "Donde publica su ficha como la da la API de este portal. Se lee cada día y se muestra como "
            "externa."
        ),
    )
    facts = models.TextField(
        _("lo que consta"),
        blank=True,
        default="",
        db_default="",
        help_text=_("Uno por línea: lo que dicen los documentos de su gobierno abierto, con su fecha."),
    )
    facts_source = models.CharField(
        _("documento del que consta"),
        max_length=250,
        blank=True,
        default="",
        db_default="",
        help_text=_("El nombre del documento."),
    )
    column = models.PositiveSmallIntegerField(_("columna en el mapa"), default=1)
    row = models.PositiveSmallIntegerField(_("fila en el mapa"), default=1)

    objects = models.Manager.from_queryset(ReviewedQuerySet)()

    search_fields = [index.AutocompleteField(name) for name in ("name", "aliases", "code")]

    class Meta:
        ordering = ["name"]
        verbose_name = _("municipio")
        verbose_name_plural = _("municipios")

    def __str__(self) -> str:
        return self.name

    @property
    def other_names(self) -> list[str]:
        """Return the other names of the municipality."""
        return [name.strip() for name in self.aliases.split(",") if name.strip()]

    @property
    def known_facts(self) -> list[str]:
        """Return the facts that documents state, one sentence each."""
        return split_lines(self.facts)


class HarvestedRecord(models.Model):
    """The record of a municipality at its own address, written by ``manage.py harvest``.

    It is no content of the portal: no person approved it here, and it is in no figure, search or download.
    Not with the municipality's row, which changes only by approval.
    """

    municipality = models.OneToOneField(
        Municipality, verbose_name=_("municipio"), on_delete=models.CASCADE, related_name="harvested"
    )
    #: The address that ``content`` came from.
    url = models.URLField(_("dirección"), blank=True)
    #: The validated record (``abierto.harvest.services``); empty until the first reading succeeds.
    content = models.JSONField(_("lo que publica"), default=dict, blank=True)
    read_at = models.DateTimeField(_("leído"), null=True)
    failed_at = models.DateTimeField(_("no se pudo leer"), null=True)
    failure = models.TextField(_("por qué no se pudo leer"), blank=True)

    class Meta:
        ordering = ["municipality__name"]
        verbose_name = _("ficha externa de un municipio")
        verbose_name_plural = _("fichas externas de los municipios")

    def __str__(self) -> str:
        return f"{self.municipality}: {self.url}"

    @property
    def is_shown(self) -> bool:
        """Check that its content came from the address that the registry has today."""
        return self.read_at is not None and bool(self.content) and self.url == self.municipality.data_url


class InstitutionSpace(models.Model):
    """The space whose members report for an institution; an institution without one is left to the state.

    Not a field of the institution, which is public content and changes only by approval. Several institutions
    may have one space: a successor takes over that of its predecessor.
    """

    institution = models.OneToOneField(
        Institution,
        verbose_name=_("institución"),
        on_delete=models.CASCADE,
        related_name="space_link",
    )
    # Not «space»: a row with a field of that name is content of that space.
    holder = models.ForeignKey(
        Space, verbose_name=_("espacio"), on_delete=models.CASCADE, related_name="institution_links"
    )

    class Meta:
        ordering = ["institution__name"]
        verbose_name = _("espacio de una institución")
        verbose_name_plural = _("espacios de las instituciones")

    def __str__(self) -> str:
        return f"{self.institution}: {self.holder}"
