"""The addresses of the data beside the API that have no language."""

from django.urls import path, re_path

from . import views

app_name = "opendata"
urlpatterns = [
    re_path(r"^catalogo\.(?P<catalogue_format>ttl|jsonld)$", views.catalogue, name="catalogue"),
    path("todo.zip", views.archive, name="archive"),
]
