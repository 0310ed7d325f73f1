"""The base class of every page type."""

from dataclasses import replace
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.widgets import SlugInput
from wagtail.models import Page, PageManager, PageViewRestriction
from wagtail.url_routing import RouteResult

from abierto.approval.guard.permissions import changes_public_urls, find_uncopied_pages
from abierto.approval.mixins import FourEyesPage, FourEyesPageQuerySet
from abierto.approval.references.forms import ReferencesForm
from abierto.approval.review.comments.panels import replace_comment_panel
from abierto.approval.review.form_problems import ProblemsForm
from abierto.tenancy.declared_reads import declared_reads
from abierto.tenancy.isolation.viewer import hides_draft
from abierto.tenancy.visibility import filter_public, restrictions_of
from blocks.validators import validate_web_address

from .cache import at_version, mark_cacheable
from .content_language import content_language
from .context import load_builder
from .formatting import join_percent_signs
from .inline import number_rows
from .link_targets import link_targets_of
from .reads import record_pages, record_reads
from .routing import RouteContext, get_specific, load_route, resolve_route
from .search import SearchContent, SearchKind
from .slugs import HOME_DEPTH, SLUG_FORMATTERS, make_slug, propose_slug, validate_free_slug
from .translation import source_language_condition, synchronized_fields


class BasePageQuerySet(FourEyesPageQuerySet):
    """The queryset of every page type."""

    def public(self) -> Self:
        """Filter the pages that the public may read; Wagtail's ``public`` checks view restrictions only."""
        return filter_public(self)

    def source_language(self) -> Self:
        """Filter the pages that are no translation and no alias: only they have figures."""
        return self.filter(source_language_condition())

    def in_active_language(self) -> Self:
        """Filter each page in the active language where it is translated, else in the portal's own."""
        own = self.filter(alias_of__isnull=True)
        active = Q(locale__language_code=translation.get_language())
        translated = own.filter(active).order_by().values("translation_key")
        return own.filter(active | source_language_condition() & ~Q(translation_key__in=translated))


BasePageManager = PageManager.from_queryset(BasePageQuerySet)


class BasePageForm(ProblemsForm, ReferencesForm, WagtailAdminPageForm):
    """The editing form of every page: gives a new page its parent for validation, and its slug."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.parent_page is not None:
            self.instance.intended_parent = self.parent_page
        if "slug" in self.fields:
            self.fields["slug"].required = False
            if not self.instance.slug.isascii():
                # An address that is in use stays as it is; the field would drop its letters.
                self.fields["slug"].widget = SlugInput({"data-w-slug-allow-unicode-value": True})

    def clean_slug(self) -> str:
        """Refuse the slug of a sibling page; Wagtail's own message has no Spanish translation.

        An empty slug is the one the page has, or comes from its title: a form without scripts has none.
        """
        slug: str = self.cleaned_data["slug"] or self.instance.slug
        if slug != self.instance.slug and not slug.isascii():
            slug = make_slug(slug)
        if not slug:
            return self._propose_slug()
        if not Page._slug_is_available(slug, self.parent_page, self.instance):
            raise ValidationError(taken_slug_error(slug))
        if self.instance.pk and changes_public_urls(self.instance, self.instance.slug, slug):
            raise ValidationError(
                _("Cambiaría la dirección de otras páginas que cuelgan de esta. Deja «%(slug)s».")
                % {"slug": self.instance.slug}
            )
        return slug

    def _propose_slug(self) -> str:
        """Return a slug from the title; empty if the title is missing, which is an error of its own."""
        title, parent = self.cleaned_data.get("title"), self.instance.parent
        return propose_slug(self.instance, title, parent) if title and parent is not None else ""


class PageCopyForm(CopyForm):
    """The form «Copiar», which offers to copy the pages below only where all of them may be copied."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "copy_subpages" in self.fields and find_uncopied_pages(self.page).exists():
            del self.fields["copy_subpages"]


# For the page types that may be in a menu; the depth of a page decides which one (``pages.core.routing``).
MENU_PANEL = FieldPanel(
    "show_in_menus",
    help_text=_("Bajo la portada, la página va en el menú principal. Un nivel más abajo, al pie."),
)


class BasePage(FourEyesPage, Page):
    """A page with a summary, guarded by four eyes. Rules of one page type belong to that type."""

    #: Dotted path of the function that adds what the page shows beyond its fields (``pages.core.context``).
    context_builder: ClassVar[str] = ""
    #: The fields and inline relations whose past the public may read; a subclass adds its own.
    history_fields: ClassVar[frozenset[str]] = frozenset(
        {
            "title", "summary", "slug", "seo_title", "search_description", "show_in_menus",
            "source_name", "source_date", "source_url",
        }
    )  # fmt: skip
    #: The search kind of the page type; None leaves it out. Each class declares its own.
    search_kind: ClassVar[SearchKind | None]

    #: The type of the page in the vocabulary of schema.org.
    schema_type: ClassVar[str] = "WebPage"

    #: Whether the context builder reads nothing but pages at or below this one and its translations, pages on
    #: the way to them, figures and decisions of these, and tables that no space has for itself.
    shows_own_branch: ClassVar[bool] = False

    #: Whether pages of other branches find this one by the keys in its rows.
    is_found_by_key: ClassVar[bool] = False

    #: Whether the page answers addresses below it that are no pages (:meth:`route_below`).
    routes_below: ClassVar[bool] = False

    #: Whether copying an ancestor copies this page too; reported data stay with the original.
    copied_with_parent: ClassVar[bool] = True

    base_form_class = BasePageForm
    copy_form_class = PageCopyForm
    show_in_menus_default = False

    summary = models.CharField(
        _("resumen"),
        max_length=300,
        blank=True,
        help_text=_("Una o dos oraciones. Aparece en los listados, al buscar y al compartir la página."),
    )

    source_name = models.CharField(
        _("documento de origen"),
        max_length=250,
        blank=True,
        default="",
        db_default="",
        help_text=_("El documento del que se copió. Vacío: se escribió aquí."),
    )
    source_date = models.DateField(
        _("fecha del documento"),
        null=True,
        blank=True,
        help_text=_("La que dice el documento, no el día en que se cargó. Vacía: el documento no la dice."),
    )
    source_url = models.URLField(
        _("dirección del documento"), blank=True, default="", db_default="", validators=[validate_web_address]
    )

    objects = BasePageManager()

    content_panels = [*Page.content_panels, FieldPanel("summary")]
    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel(
                    "slug",
                    widget=SlugInput(formatters=SLUG_FORMATTERS),
                    help_text=_("La última parte de la dirección de la página. Vacía, sale del título."),
                ),
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
            ],
            heading=_("Dirección y buscadores"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("source_name"),
                FieldRowPanel([FieldPanel("source_date"), FieldPanel("source_url")]),
            ],
            heading=_("De qué documento se copió"),
        ),
    ]
    settings_panels = replace_comment_panel(Page.settings_panels)
    override_translatable_fields = synchronized_fields("slug", "show_in_menus", "source_date", "source_url")

    # The page under which this one is about to be created; unknown to the page itself until then.
    intended_parent: Page | None = None
    # The rows that were loaded with the page by its URL.
    route_context: RouteContext | None = None

    class Meta:
        abstract = True

    @property
    def parent(self) -> Page | None:
        """Return the parent page, also while the page is still being created."""
        if self.intended_parent is not None:
            return self.intended_parent
        return self.get_parent() if self.path else None

    def others_of_type(self) -> BasePageQuerySet:
        """Return the pages of the same type without this one and its translations."""
        others: BasePageQuerySet = type(self).objects.exclude(translation_key=self.translation_key)
        return others

    def get_admin_display_title(self) -> str:
        """Return the public title, not the draft's, of a page of another space."""
        return self.title if hides_draft(self) else super().get_admin_display_title()

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the page at a URL below this one together with its route context, in two queries."""
        if not path_components:
            self.route_context = self.route_context or load_route(self)
            if self.route_context.target is None or not self.route_context.target.is_published:
                raise Http404
            return super().route(request, path_components)
        route_context = resolve_route(self, path_components)
        if route_context.target is None or not route_context.target.is_published:
            return self._route_below(request, route_context, path_components[-1])
        page = get_specific(route_context.target)
        page.route_context = route_context
        return page.route(request, [])

    def _route_below(self, request: HttpRequest, route_context: RouteContext, slug: str) -> RouteResult:
        """Let the page above an address without a public page answer it, if its type does so."""
        above = route_context.parent
        if (
            above is None
            or not above.is_published
            or not getattr(above.specific_class, "routes_below", False)
        ):
            raise Http404
        page = get_specific(above)
        page.route_context = replace(route_context, target=above)
        return page.route_below(request, slug)

    def route_below(self, request: HttpRequest, slug: str) -> RouteResult:
        """Return what a type with ``routes_below`` shows at an address below it that is no public page."""
        raise Http404

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Add the restrictions above the source of an alias; without a query on an open route."""
        if self.route_context is not None and self.route_context.is_open(self):
            return PageViewRestriction.objects.none()
        return restrictions_of(self)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Serve the page, cacheable unless it has a view restriction."""
        with record_reads() as reads, link_targets_of(self):
            if self.route_context is not None:
                record_pages(row.path for row in self.route_context.rows)
            response = super().serve(request, *args, **kwargs)
            if isinstance(response, SimpleTemplateResponse):
                response.render()
                response.content = join_percent_signs(response.content, content_language(self))
        if not getattr(request, "is_preview", False) and not self.get_view_restrictions().exists():
            mark_cacheable(response, reads)
        return response

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what the context builder of the page type returns."""
        # A page without translation is rendered in its own language, its frame in the visitor's.
        with translation.override(content_language(self)):
            context: dict[str, Any] = super().get_context(request, *args, **kwargs)
            return context | self._build_context(request) if self.context_builder else context

    def _build_context(self, request: HttpRequest) -> dict[str, Any]:
        builder = load_builder(self.context_builder)
        if not self.shows_own_branch:
            return builder(self, request)
        # The pages around it are recorded with the route; below its translations may be what it shows too.
        rows = self.route_context.rows if self.route_context is not None else ()
        same = {row.path for row in rows if row.translation_key == self.translation_key}
        with declared_reads(self.path, *same):
            return builder(self, request)

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """Build the context of a preview without cached values: a guest reads a draft without a session."""
        with at_version(None):
            context: dict[str, Any] = super().get_preview_context(request, mode_name)
            return context

    def search_document(self) -> SearchContent:
        """Return the content for the search index; required where ``search_kind`` is not None."""
        raise NotImplementedError

    def save_draft(self, user: Any, *, clean: bool = True) -> None:
        """Save a page as a draft of ``user``; one that is not public is saved on its row too.

        Wagtail's editor does the same. Without ``clean`` its content is not validated: the review does.
        """
        if not self.live:
            self.save()
        self.save_revision(user=user, log_action=True, clean=clean)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Number the rows of the page and complete its slug, then validate it."""
        number_rows(self)
        complete_slug(self)
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        """Number the rows and complete the slug of a draft, which Wagtail validates less strictly."""
        number_rows(self)
        complete_slug(self)
        super().minimal_clean()

    def clean(self) -> None:
        """Validate as Wagtail does, and refuse a slug that the portal's own URLs use."""
        if self.path:
            self._clean_as_page()
        parent = self.parent
        if parent is not None and parent.depth <= HOME_DEPTH:
            self._refuse_reserved_slug()

    def _clean_as_page(self) -> None:
        """Validate as Wagtail does; its message about a slug that is taken has no Spanish translation."""
        try:
            super().clean()
        except ValidationError as error:
            if "slug" not in getattr(error, "error_dict", {}):
                raise
            raise ValidationError({"slug": taken_slug_error(self.slug)}) from error

    def _refuse_reserved_slug(self) -> None:
        try:
            validate_free_slug(self.slug)
        except ValidationError as error:
            raise ValidationError({"slug": error}) from error


def taken_slug_error(slug: str) -> str:
    """Return the validation error if another page under the same parent has this slug."""
    return str(_("Otra página de aquí ya usa la dirección «%(slug)s». Escribe otra.") % {"slug": slug})


def complete_slug(page: BasePage) -> None:
    """Give a page without slug one from its title; Wagtail's would be as long as the title."""
    if not page.slug and page.title and page.parent is not None:
        page.slug = propose_slug(page, page.title, page.parent)
