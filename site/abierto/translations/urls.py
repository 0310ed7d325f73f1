"""URLs of translations, below those of the admin."""

from django.urls import path

from .views import send

app_name = "translations"

urlpatterns = [path("<int:translation_id>/enviar/", send, name="send")]
