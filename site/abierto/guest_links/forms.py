"""The form that creates a guest link."""

from django import forms

from abierto.form_fields.fields import MomentField

from .models import GuestLink


class GuestLinkForm(forms.ModelForm):
    class Meta:
        model = GuestLink
        fields = ["guest", "expires_at"]
        field_classes = {"expires_at": MomentField}
