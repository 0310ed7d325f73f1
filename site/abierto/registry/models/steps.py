"""The steps by which a municipality gets to its plan, and the figures declared of all municipalities."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelsearch import index

from abierto.text import split_lines

from .base import ValidDuring
from .reviewed import DatedQuerySet, ReviewedQuerySet, ReviewedRow


class StepList(ReviewedRow, ValidDuring):
    """A dated list of steps; a roadmap follows one of them."""

    name = models.CharField(_("nombre"), max_length=160, unique=True)
    source_name = models.CharField(
        _("documento de origen"), max_length=250, help_text=_("El documento que trae la lista.")
    )
    source_date = models.DateField(
        _("fecha del documento"),
        null=True,
        blank=True,
        help_text=_("La que dice el documento. Vacía: no la dice."),
    )

    objects = models.Manager.from_queryset(DatedQuerySet)()

    search_fields = [index.AutocompleteField("name")]

    class Meta:
        ordering = ["name"]
        verbose_name = _("lista de pasos")
        verbose_name_plural = _("listas de pasos")

    def __str__(self) -> str:
        return self.name


class ListedStep(ReviewedRow):
    """A step of a list; its number is its code and its position."""

    step_list = models.ForeignKey(
        StepList, verbose_name=_("lista"), on_delete=models.PROTECT, related_name="steps"
    )
    number = models.PositiveSmallIntegerField(_("número"), help_text=_("El que tiene en la lista."))
    name = models.CharField(_("nombre"), max_length=160, help_text=_("Qué se hace, en pocas palabras."))
    text = models.TextField(_("en qué consiste"), blank=True)
    documents = models.TextField(
        _("documentos que pide"),
        blank=True,
        help_text=_("Uno por línea: el acta, la convocatoria, el plan. Vacío: no pide ninguno."),
    )
    makes_trees = models.BooleanField(
        _("en este paso se hacen los árboles de problemas y objetivos"),
        default=False,
        help_text=_("La hoja de ruta enlaza aquí los árboles públicos del municipio."),
    )
    makes_matrix = models.BooleanField(
        _("en este paso se hace la matriz de indicadores"),
        default=False,
        help_text=_("La hoja de ruta enlaza aquí las matrices públicas del municipio."),
    )
    source = models.CharField(
        _("de dónde sale"), max_length=250, blank=True, help_text=_("La parte del documento que lo dice.")
    )

    objects = models.Manager.from_queryset(ReviewedQuerySet)()

    search_fields = [index.AutocompleteField("name")]

    class Meta:
        ordering = ["step_list", "number", "pk"]
        verbose_name = _("paso de una lista")
        verbose_name_plural = _("pasos de las listas")

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"

    def clean(self) -> None:
        """Refuse a number that another step of the list has; drafts count, too."""
        super().clean()
        others = ListedStep.objects.exclude(pk=self.pk).filter(step_list=self.step_list_id)
        if self.number is not None and others.filter(number=self.number).exists():
            raise ValidationError(
                {"number": _("Otro paso de la lista ya tiene este número. Escribe otro, o corrige aquel.")}
            )

    @property
    def wanted_documents(self) -> list[str]:
        """Return the documents that the step asks for, one string each."""
        return split_lines(self.documents)


class Measure(models.TextChoices):
    """The measures of figures about all municipalities, which the board computes too."""

    SECRETARIAT = "secretariat", _("Municipios con secretariado vigente")
    DECLARATION = "declaration", _("Municipios adheridos a una declaración conjunta")
    PLAN = "plan", _("Municipios con plan publicado")


class DeclaredFigure(ReviewedRow):
    """A figure about all municipalities as a document declares it; it is shown beside that of today."""

    measure = models.CharField(_("qué mide"), max_length=12, choices=Measure)
    text = models.CharField(
        _("cifra"), max_length=40, help_text=_("Como la escribe el documento: «+50 %», «68 %».")
    )
    stated_on = models.DateField(
        _("fecha de la cifra"), null=True, blank=True, help_text=_("Vacía: el documento no la dice.")
    )
    source_name = models.CharField(_("documento de origen"), max_length=250)
    note = models.CharField(
        _("nota"), max_length=250, blank=True, help_text=_("Lo que el documento no aclara.")
    )

    objects = models.Manager.from_queryset(ReviewedQuerySet)()

    search_fields = [index.AutocompleteField("text")]

    class Meta:
        ordering = ["measure", "stated_on", "pk"]
        verbose_name = _("cifra declarada")
        verbose_name_plural = _("cifras declaradas")

    def __str__(self) -> str:
        return f"{self.get_measure_display()}: {self.text}"
