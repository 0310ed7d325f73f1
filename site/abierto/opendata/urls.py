"""URLs of the catalogue and the archive, which have no language prefix."""

from django.urls import path, re_path

from . import views

app_name = "opendata"
urlpatterns = [
    re_path(r"^catalogo\.(?P<catalogue_format>ttl|jsonld)$", views.catalogue, name="catalogue"),
    path("todo.zip", views.archive, name="archive"),
]
