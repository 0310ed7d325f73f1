"""Wagtail's form of sites, with a host that this server answers and that no other site has."""

import re
from typing import Any

from django.conf import settings
from django.http.request import validate_host
from django.utils.translation import gettext as _
from wagtail.models import Site
from wagtail.sites.forms import SiteForm
from wagtail.sites.views import SiteViewSet

LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
HOST = re.compile(rf"{LABEL}(\.{LABEL})*")
LONGEST_HOST = 253
PORT = re.compile(r":\d+$")


def find_host_error(host: str, site_id: int | None = None) -> str:
    """Return why ``host`` cannot be that of a site; an empty string if it can."""
    if reason := find_spelling_error(host):
        return reason
    if not validate_host(host, settings.ALLOWED_HOSTS):
        return _("Este servidor no atiende «%(host)s». Agrégalo antes a ABIERTO_HOSTS.") % {"host": host}
    other = Site.objects.filter(hostname__iexact=host).exclude(pk=site_id).first()
    if other is not None:
        return _("El sitio «%(site)s» ya tiene ese nombre. Escribe otro.") % {
            "site": other.site_name or other.hostname
        }
    return ""


def find_spelling_error(host: str) -> str:
    """Return what is wrong with the spelling of a host; an empty string if nothing is."""
    if host != host.lower():
        return _("Escríbelo en minúsculas.")
    if host.endswith("."):
        return _("Escríbelo sin punto al final.")
    if PORT.search(host):
        return _("Escribe el puerto en su campo, no aquí.")
    if len(host) > LONGEST_HOST or not HOST.fullmatch(host):
        return _("Escribe solo el nombre, sin «https://» ni diagonales, por ejemplo coroneo.gob.mx.")
    return ""


class PortalSiteForm(SiteForm):
    """The form of a site; a host that stays as it is may stay."""

    def clean_hostname(self) -> str:
        """Refuse a host that does not lead here, or that leads elsewhere too."""
        host: str = self.cleaned_data["hostname"]
        if "hostname" in self.changed_data and (reason := find_host_error(host, self.instance.pk)):
            self.add_error("hostname", reason)
        return host


class PortalSiteViewSet(SiteViewSet):
    """Wagtail's screens of sites with our form."""

    def get_form_class(self, for_update: bool = False) -> type[Any]:
        return PortalSiteForm


site_viewset = PortalSiteViewSet("wagtailsites", url_prefix="sites")
