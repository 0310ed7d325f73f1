"""URLs of the pages, files, feeds and calendars of the open data, below each language prefix."""

from django.urls import path, re_path

from . import calendars, downloads, feeds, views

app_name = "opendata_pages"
_FILE = rf"(?P<table>[a-z]{{1,20}})\.(?P<file_format>{'|'.join(downloads.FORMATS)})$"
urlpatterns = [
    path("", views.index, name="index"),
    path("diccionario/", views.dictionary, name="dictionary"),
    re_path(rf"^pagina/(?P<page_id>\d{{1,9}})/{_FILE}", downloads.page_table, name="page_table"),
    re_path(r"^pagina/(?P<page_id>\d{1,9})\.pdf$", downloads.page_pdf, name="page_pdf"),
    re_path(rf"^lista/{_FILE}", downloads.view_table, name="view_table"),
    re_path(r"^pagina/(?P<page_id>\d{1,9})\.atom$", feeds.page_feed, name="page_feed"),
    re_path(r"^ods/(?P<goal>\d{1,2})\.atom$", feeds.goal_feed, name="goal_feed"),
    re_path(r"^tema/(?P<topic>[a-z0-9-]{1,80})\.atom$", feeds.topic_feed, name="topic_feed"),
    path("sesiones.ics", calendars.sessions, name="sessions"),
    path("plazos.ics", calendars.deadlines, name="deadlines"),
]
