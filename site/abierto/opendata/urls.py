"""The addresses of the data beside the API."""

from django.urls import path, re_path

from . import downloads, views

app_name = "opendata"
_FILE = rf"(?P<table>[a-z]{{1,20}})\.(?P<file_format>{'|'.join(downloads.FORMATS)})$"
urlpatterns = [
    re_path(r"^catalogo\.(?P<catalogue_format>ttl|jsonld)$", views.catalogue, name="catalogue"),
    path("todo.zip", views.archive, name="archive"),
    re_path(rf"^pagina/(?P<page_id>\d{{1,9}})/{_FILE}", downloads.page_table, name="page_table"),
    re_path(r"^pagina/(?P<page_id>\d{1,9})\.pdf$", downloads.page_pdf, name="page_pdf"),
    re_path(rf"^lista/{_FILE}", downloads.view_table, name="view_table"),
]
