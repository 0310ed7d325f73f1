from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "abierto.privacy"
    verbose_name = "Privacidad"
