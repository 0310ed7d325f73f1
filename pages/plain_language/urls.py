"""URLs of plain language, below those of the admin."""

from django.urls import path

from .report import HardestTextsView
from .views import review_texts

app_name = "plain_language"

urlpatterns = [
    path("informe/", HardestTextsView.as_view(), name="report"),
    path("revisar/", review_texts, name="review"),
]
