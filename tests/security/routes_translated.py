"""Routes through translations, beyond those of the first table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import PageViewRestriction
from wagtail_localize.models import StringSegment, Translation, TranslationSource

from pages.standard.models import StandardPage
from tests.factories import published
from tests.security.newsdesk import OWN_WORDS, Desk
from tests.security.routes import english, route


def live_translation(desk: Desk) -> tuple[StandardPage, TranslationSource, Translation]:
    """Return an approved English version, with wagtail-localize's rows."""
    source = TranslationSource.update_or_create_from_instance(desk.live)[0]
    translation = Translation.objects.create(source=source, target_locale=english())
    target = desk.live.copy_for_translation(english(), copy_parents=True)
    target.title = "In English"
    return published(target), source, translation


def translate_string(translation: Translation, desk: Desk) -> StringSegment:
    """Translate one string as a translator does, and return it."""
    segment = StringSegment.objects.filter(source=translation.source).first()
    desk.post(
        "wagtail_localize:edit_string_translation", translation.pk, segment.pk, value=OWN_WORDS, _method="PUT"
    )
    return segment


@route("34 crear la traducción y publicarla")
def create_and_publish(desk: Desk) -> Iterator[None]:
    _target, source, _translation = live_translation(desk)
    yield
    source.create_or_update_translation(english(), user=desk.user, publish=True, fallback=True)


@route("34b crear una traducción nueva y publicarla")
def create_new_and_publish(desk: Desk) -> None:
    source = TranslationSource.update_or_create_from_instance(desk.live)[0]
    source.create_or_update_translation(
        english(), user=desk.user, publish=True, fallback=True, copy_parent_pages=True
    )


@route("35 sincronizar traducciones y publicar")
def synchronise_and_publish(desk: Desk) -> Iterator[None]:
    _target, source, _translation = live_translation(desk)
    yield
    desk.post("wagtail_localize:update_translations", source.pk, publish_translations="on")


@route("36 guardar el destino y publicarlo")
def save_target_and_publish(desk: Desk) -> Iterator[None]:
    _target, _source, translation = live_translation(desk)
    translate_string(translation, desk)
    yield
    translation.save_target(user=desk.user, publish=True)


@route("37 dejar de traducir y publicar a mano")
def stop_and_publish(desk: Desk) -> Iterator[Any]:
    target, _source, translation = live_translation(desk)
    yield
    desk.post("wagtail_localize:stop_translation", translation.pk)
    desk.edit(target, **{"action-publish": "1"})


@route("38 quitar la reserva de una traducción")
def drop_the_privacy_of_a_translation(desk: Desk) -> Iterator[None]:
    """Saving the target copies the restrictions of the source, which has none."""
    target, source, _translation = live_translation(desk)
    PageViewRestriction.objects.create(page=target, restriction_type="login")
    yield
    source.create_or_update_translation(english(), user=desk.user, publish=False, fallback=True)


@route("39 traer las frases de un archivo y publicar")
def upload_strings_and_publish(desk: Desk) -> Iterator[None]:
    target, _source, translation = live_translation(desk)
    text = str(translation.export_po()).replace('msgstr ""', f'msgstr "{OWN_WORDS}"')
    yield
    file = SimpleUploadedFile("frases.po", text.encode())
    desk.post("wagtail_localize:upload_pofile", translation.pk, file=file)
    desk.post("wagtailadmin_pages:edit", target.pk, action="publish")
