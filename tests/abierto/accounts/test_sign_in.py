"""The door of the administration is the portal's own, in Spanish."""

import pytest
from django.urls import reverse
from django.utils import translation


@pytest.mark.django_db
def test_it_speaks_spanish_and_carries_our_name(client):
    with translation.override("es-mx"):
        page = client.get(reverse("wagtailadmin_login")).content.decode()

    assert "Contraseña" in page
    assert "Password" not in page
    assert "agtail</title>" not in page
    assert 'alt="Abierto"' in page
