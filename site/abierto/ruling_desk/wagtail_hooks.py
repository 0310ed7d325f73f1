"""The ruling desk in Wagtail's admin: URLs, policies, menu item and link from the imports."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from abierto.accounts.models import User
from abierto.imports.kinds import ImportLink
from abierto.tenancy.access import RequestUser, has_page_at, register_branches, sees_everything, spaces_of
from abierto.tenancy.enums import SpaceKind
from abierto.tenancy.isolation.policies import AddressPolicy, Reach, RowSet, register_policies
from abierto.tenancy.scopes import by_foreign_key, own_rows

from .count_views import CountFormView, CountListView, EvidenceView
from .desk_views import DeskView
from .list_paths import read_list_paths
from .models import BatchPage, MonthlyCount, RulingBatch
from .queries import loadable_lists, own_batches, own_counts
from .views import RulingBatchListView, RulingBatchView, RulingTemplateView, RulingUploadView

URLS = [
    path("", DeskView.as_view(), name="desk"),
    path("resultados/", DeskView.as_view(results_only=True), name="desk_results"),
    path("lotes/", RulingBatchListView.as_view(), name="batches"),
    path("lotes/nuevo/", RulingUploadView.as_view(), name="upload"),
    path("lotes/plantilla/", RulingTemplateView.as_view(), name="template"),
    path("lotes/<int:pk>/", RulingBatchView.as_view(), name="batch"),
    path("cuentas/", CountListView.as_view(), name="counts"),
    path("cuentas/nueva/", CountFormView.as_view(), name="add_count"),
    path("cuentas/<int:pk>/", CountFormView.as_view(), name="edit_count"),
    path("cuentas/<int:pk>/prueba/", EvidenceView.as_view(), name="evidence"),
]


def narrow_batches(queryset: QuerySet[RulingBatch], user: RequestUser) -> QuerySet[RulingBatch]:
    """Filter the batches of the user's own spaces; the state team sees no batch of another space."""
    return (
        queryset.filter(pk__in=own_batches(user).values("pk")) if isinstance(user, User) else queryset.none()
    )


def narrow_counts(queryset: QuerySet[MonthlyCount], user: RequestUser) -> QuerySet[MonthlyCount]:
    """Filter the counts of the user's own spaces."""
    return (
        queryset.filter(pk__in=own_counts(user).values("pk")) if isinstance(user, User) else queryset.none()
    )


BATCHES = {"pk": RowSet(lambda: RulingBatch, narrow_batches)}
COUNTS = {"pk": RowSet(lambda: MonthlyCount, narrow_counts)}

register_branches(
    {
        RulingBatch: own_rows,
        MonthlyCount: own_rows,
        BatchPage: by_foreign_key("batch", RulingBatch),
    }
)
register_policies(
    {
        **{
            f"ruling_desk:{name}": AddressPolicy(Reach.OWN_VIEW)
            for name in ("desk", "desk_results", "batches", "upload", "counts", "add_count")
        },
        "ruling_desk:template": AddressPolicy(Reach.NO_TENANT_DATA),
        "ruling_desk:batch": AddressPolicy(Reach.OWN_VIEW, BATCHES),
        "ruling_desk:edit_count": AddressPolicy(Reach.OWN_VIEW, COUNTS),
        "ruling_desk:evidence": AddressPolicy(Reach.OWN_VIEW, COUNTS),
    }
)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the URLs of the ruling desk."""
    return [path("trabajo/sentencias/", include((URLS, "ruling_desk")))]


@hooks.register("register_import_links")
def find_import_links(user: User) -> list[ImportLink]:
    """Add a link to the load of rulings to the list of import kinds."""
    if not loadable_lists(user).exists():
        return []
    about = _("Un renglón por sentencia, con sus archivos en un ZIP. Quedan en un paquete por mes.")
    return [ImportLink(_("Sentencias de un tribunal"), about, reverse_lazy("ruling_desk:upload"))]


class DeskMenuItem(MenuItem):
    """A menu item for users whose spaces have a list of rulings; municipalities have none."""

    def is_shown(self, request: HttpRequest) -> bool:
        paths = read_list_paths()
        if sees_everything(request.user):
            return bool(paths)
        spaces = [space for space in spaces_of(request.user) if space.kind != SpaceKind.MUNICIPALITY]
        return any(has_page_at(space, path) for space in spaces for path in paths)


@hooks.register("register_reports_menu_item")
def desk_menu_item() -> MenuItem:
    """Link to the ruling desk in the reports menu."""
    return DeskMenuItem(
        _("Mesa de sentencias"),
        reverse_lazy("ruling_desk:desk"),
        name="ruling-desk",
        icon_name="doc-full-inverse",
        order=1320,
    )
