"""The word lists in Wagtail's admin."""

from typing import cast

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from abierto.accounts.models import User
from abierto.tenancy.access import administered_by, register_branches
from abierto.tenancy.isolation import row_sets
from abierto.tenancy.isolation.policies import NOT_A_ROW, AddressPolicy, Reach, register_policies
from abierto.tenancy.models import Space
from abierto.tenancy.scopes import own_rows

from .models import WordListVersion
from .views import WordListEditView, WordListIndexView

URLS = [
    path("", WordListIndexView.as_view(), name="index"),
    path("<slug:word_list>/", WordListEditView.as_view(), name="edit"),
    path("<slug:word_list>/espacio/<int:space_id>/", WordListEditView.as_view(), name="edit_space"),
]

register_branches({WordListVersion: own_rows})
register_policies(
    {
        "word_lists:index": AddressPolicy(Reach.OWN_VIEW),
        "word_lists:edit": AddressPolicy(Reach.OWN_VIEW, {"word_list": NOT_A_ROW}),
        "word_lists:edit_space": AddressPolicy(
            Reach.OWN_VIEW, {"word_list": NOT_A_ROW, "space_id": row_sets.rows_in_scope(Space)}
        ),
    }
)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    """Add the URLs of the word lists."""
    return [path("listas-de-palabras/", include((URLS, "word_lists")))]


class AdministratorMenuItem(MenuItem):
    """A menu item for administrators of the state or of a space."""

    def is_shown(self, request: HttpRequest) -> bool:
        user = cast(User, request.user)
        return user.is_superuser or bool(administered_by(user))


@hooks.register("register_settings_menu_item")
def word_lists_menu_item() -> MenuItem:
    """Link to the word lists in the settings menu."""
    return AdministratorMenuItem(
        _("Listas de palabras"),
        reverse_lazy("word_lists:index"),
        name="listas-de-palabras",
        icon_name="glasses",
        order=315,
    )
