"""The pages, feeds and calendars of the data, in every language of the portal."""

from django.urls import path, re_path

from . import calendars, feeds, views

app_name = "opendata_pages"
urlpatterns = [
    path("", views.index, name="index"),
    path("diccionario/", views.dictionary, name="dictionary"),
    re_path(r"^pagina/(?P<page_id>\d{1,9})\.atom$", feeds.page_feed, name="page_feed"),
    re_path(r"^ods/(?P<goal>\d{1,2})\.atom$", feeds.goal_feed, name="goal_feed"),
    re_path(r"^tema/(?P<topic>[a-z0-9-]{1,80})\.atom$", feeds.topic_feed, name="topic_feed"),
    path("sesiones.ics", calendars.sessions, name="sessions"),
    path("plazos.ics", calendars.deadlines, name="deadlines"),
]
