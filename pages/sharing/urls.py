"""URL patterns without a language prefix."""

from django.urls import path, re_path

from pages.municipalities.views import colors

from . import views

urlpatterns = [
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots_txt"),
    path(".well-known/security.txt", views.security, name="security_txt"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("favicon.ico", views.favicon, name="favicon"),
    re_path(r"^compartir/(?P<page_id>\d{1,9})\.png$", views.share_image, name="share_image"),
    re_path(r"^colores/(?P<band>[0-9a-f]{6})-(?P<accent>[0-9a-f]{6})\.css$", colors, name="microsite_colors"),
]
