"""The form that creates a guest link."""

from django import forms
from wagtail.admin.widgets import AdminDateTimeInput

from .models import GuestLink


class GuestLinkForm(forms.ModelForm):
    class Meta:
        model = GuestLink
        fields = ["guest", "expires_at"]
        widgets = {"expires_at": AdminDateTimeInput}
