"""URL patterns of the public views outside Wagtail's page tree."""

from django.urls import path, re_path

from .changes import views as changes
from .core import views as core
from .glossary import views as glossary
from .history import views as history
from .institutions import views as institutions
from .participation import views as participation
from .proofs import views as proofs
from .rulings import views as rulings
from .secretariats import views as secretariats

app_name = "pages"
urlpatterns = [
    # A URL with characters that no code contains is a 404: PostgreSQL rejects some of them.
    re_path(
        r"^compromiso/(?P<plan_slug>[-\w]+)/(?P<code>[\w.-]+)/$",
        core.redirect_to_commitment,
        name="commitment",
    ),
    # At most nine digits: a longer number does not fit a key and would be an error instead of a 404.
    re_path(r"^sesiones/(?P<page_id>\d{1,9})\.ics$", core.session_calendar, name="session_calendar"),
    path("acuerdos/", secretariats.agreements, name="agreements"),
    path("instituciones/", institutions.institution_list, name="institutions"),
    re_path(
        r"^instituciones/(?P<institution_id>\d{1,9})-(?P<slug>[-\w]*)/$",
        institutions.institution,
        name="institution",
    ),
    path("glosario/", glossary.glossary, name="glossary"),
    path("cambios/", changes.changes, name="changes"),
    re_path(
        r"^cambios/(?P<year>20\d\d)-(?P<month>0[1-9]|1[0-2])/$", changes.changes, name="changes_of_month"
    ),
    path("cambios.atom", changes.feed, name="changes_feed"),
    re_path(r"^cambios/municipios/(?P<town>[-\w]+)/$", changes.changes, name="microsite_changes"),
    re_path(
        r"^cambios/municipios/(?P<town>[-\w]+)/(?P<year>20\d\d)-(?P<month>0[1-9]|1[0-2])/$",
        changes.changes,
        name="microsite_changes_of_month",
    ),
    re_path(r"^cambios/municipios/(?P<town>[-\w]+)\.atom$", changes.feed, name="microsite_changes_feed"),
    # A case number has letters, digits, dashes and dots; the slashes of its usual spelling are dashes here.
    re_path(
        r"^sentencia/(?P<tribunal>[-\w]{1,120})/(?P<case_number>[-\w.]{1,80})/$",
        rulings.redirect_to_ruling,
        name="ruling",
    ),
    re_path(r"^sentencia/(?P<tribunal>[-\w]{1,120})\.atom$", rulings.feed, name="rulings_feed"),
    re_path(
        r"^sentencia/(?P<tribunal>[-\w]{1,120})/(?P<matter>[a-z]{1,20})\.atom$",
        rulings.feed,
        name="rulings_of_matter_feed",
    ),
    re_path(r"^participacion/(?P<page_id>\d{1,9})\.atom$", participation.feed, name="participation_feed"),
    re_path(r"^pruebas/(?P<plan_slug>[-\w]+)/$", proofs.proofs, name="proofs"),
    re_path(r"^historial/(?P<page_id>\d{1,9})/$", history.decisions, name="history"),
    re_path(r"^historial/(?P<page_id>\d{1,9})/(?P<number>\d{1,18})/$", history.change, name="history_change"),
]
