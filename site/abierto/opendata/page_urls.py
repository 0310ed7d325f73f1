"""The pages about the data, in every language of the portal."""

from django.urls import path

from . import views

app_name = "opendata_pages"
urlpatterns = [
    path("", views.index, name="index"),
    path("diccionario/", views.dictionary, name="dictionary"),
]
