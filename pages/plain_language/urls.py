"""URLs of plain language, below those of the admin."""

from django.urls import path

from .views import review_texts

app_name = "plain_language"

urlpatterns = [
    path("revisar/", review_texts, name="review"),
]
