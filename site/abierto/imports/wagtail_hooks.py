"""The importer in Wagtail's admin."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from abierto.accounts.models import User
from abierto.tenancy.access import RequestUser, register_branches, spaces_of
from abierto.tenancy.isolation.policies import NOT_A_ROW, AddressPolicy, Reach, RowSet, register_policies
from abierto.tenancy.models import Space
from abierto.tenancy.scopes import by_foreign_key, own_rows

from .models import ImportBatch, ImportedRow, ImportedVersion
from .queries import own_batches
from .views import BatchView, CurrentRowsView, IndexView, TemplateFileView, UploadView

CURRENT = CurrentRowsView.as_view()
URLS = [
    path("", IndexView.as_view(), name="index"),
    path("resultados/", IndexView.as_view(results_only=True), name="index_results"),
    path("lotes/<int:pk>/", BatchView.as_view(), name="batch"),
    path("<slug:kind>/", UploadView.as_view(), name="upload"),
    path("<slug:kind>/plantilla/", TemplateFileView.as_view(), name="template"),
    path(
        "<slug:kind>/hoy/<int:space>/<int:plan>.<slug:file_format>", CurrentRowsView.as_view(), name="current"
    ),
]


def narrow_batches(queryset: QuerySet[ImportBatch], user: RequestUser) -> QuerySet[ImportBatch]:
    """Filter the batches of the user's own spaces; the state team sees no batch of another space."""
    return (
        queryset.filter(pk__in=own_batches(user).values("pk")) if isinstance(user, User) else queryset.none()
    )


register_branches(
    {
        ImportBatch: own_rows,
        ImportedVersion: by_foreign_key("batch", ImportBatch),
        ImportedRow: by_foreign_key("batch", ImportBatch),
    }
)
register_policies(
    {
        **{f"imports:{name}": AddressPolicy(Reach.OWN_VIEW) for name in ("index", "index_results")},
        "imports:upload": AddressPolicy(Reach.OWN_VIEW, {"kind": NOT_A_ROW}),
        # A space may report on a plan of another space, so the view checks the plan.
        "imports:current": AddressPolicy(
            Reach.OWN_VIEW,
            {
                "kind": NOT_A_ROW,
                "space": RowSet(lambda: Space),
                "plan": NOT_A_ROW,
                "file_format": NOT_A_ROW,
            },
        ),
        "imports:template": AddressPolicy(Reach.NO_TENANT_DATA),
        "imports:batch": AddressPolicy(Reach.OWN_VIEW, {"pk": RowSet(lambda: ImportBatch, narrow_batches)}),
    }
)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the URLs of the importer."""
    return [path("trabajo/importar/", include((URLS, "imports")))]


class ImportMenuItem(MenuItem):
    """A menu item for members of any space."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(spaces_of(request.user))


@hooks.register("register_admin_menu_item")
def import_menu_item() -> MenuItem:
    """Link to the importer, below the pending work."""
    return ImportMenuItem(
        _("Importar"), reverse_lazy("imports:index"), name="importar", icon_name="upload", order=22
    )
