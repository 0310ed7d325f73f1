"""URL patterns of the public search."""

from django.urls import path, re_path

from search.analytics.views import feedback

from . import views
from .downloads import FORMATS

app_name = "search"
urlpatterns = [
    path("", views.results, name="results"),
    re_path(rf"^resultados\.(?P<name>{'|'.join(FORMATS)})$", views.download, name="download"),
    path("sugerencias/", views.suggest, name="suggestions"),
    path("opinion/", feedback, name="opinion"),
]
