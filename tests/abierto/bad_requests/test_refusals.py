"""Requests that cannot be parsed get a 400 with a message and the submitted text; bugs remain errors."""

import json
import logging

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from abierto import urls as portal_urls
from abierto.bad_requests.middleware import drop_unreadable_cookies
from tests.security.newsdesk import editors_desk
from tests.security.routes_translated import live_translation

pytestmark = pytest.mark.django_db

TYPED = "Tres párrafos que nadie quiere escribir otra vez"
GIVEN_BACK = "Lo que escribiste, para que lo copies"
NUMBER = "va un número entero. Corrígelo o vuelve atrás."
BROKEN = "No entendimos lo que enviaste y nada cambió."


@pytest.fixture
def desk():
    desk = editors_desk()
    desk.client.force_login(desk.user)
    return desk


@pytest.fixture
def root(desk):
    desk.client.force_login(desk.room.superuser)
    return desk.client


def is_refused(answer, *sentences: str) -> bool:
    content = answer.content.decode()
    return answer.status_code == 400 and all(sentence in content for sentence in sentences)


# --- Text ----------------------------------------------------------------------------------------------


@pytest.mark.both_databases
@pytest.mark.parametrize("value", ["%00", "a%00b", "%ed%a0%80"])
def test_unstorable_text_in_a_url_is_refused(desk, value):
    explorer = reverse("wagtailadmin_explore", args=[desk.room.home.pk])

    answer = desk.client.get(f"{explorer}?q={value}")

    assert answer.status_code == (400 if "%00" in value else 200)


@pytest.mark.both_databases
def test_unstorable_text_in_a_form_is_refused_and_returned(desk):
    answer = desk.edit(desk.draft, summary=f"{TYPED}\x00")

    assert is_refused(answer, "un carácter que ningún texto puede tener", TYPED, GIVEN_BACK)


def test_unstorable_text_is_refused_to_anonymous_visitors(client):
    assert is_refused(
        client.post(reverse("account_login"), {"login": "a\x00", "password": "b"}), "un carácter"
    )
    assert client.get("/documents/1/acta%00.pdf").status_code in (400, 404)


def test_a_password_is_never_returned(client):
    answer = client.post(reverse("account_login"), {"login": "a\x00", "password": "mi clave secreta larga"})

    assert "mi clave secreta larga" not in answer.content.decode()


def test_a_password_in_a_url_is_never_returned(client):
    query = {"login": "dos palabras\x00", "password": "mi clave secreta larga"}

    answer = client.get(reverse("account_login"), query)

    assert is_refused(answer, "dos palabras")
    assert "mi clave secreta larga" not in answer.content.decode()


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "text", ['"', 'hu"mo', '"humo', '" OR NEAR( * "', "'", "\\", "palabra " * 2_000, "(", "*"]
)
def test_any_text_can_be_searched_in_the_lists_of_the_admin(root, desk, text):
    for name in (
        "wagtailimages:index",
        "wagtaildocs:index",
        "wagtailadmin_pages:search",
        "wagtailusers_users:index",
    ):
        assert root.get(reverse(name), {"q": text}).status_code == 200, name
    explorer = reverse("wagtailadmin_explore", args=[desk.room.home.pk])
    assert root.get(explorer, {"q": text}).status_code == 200
    seats = reverse("wagtailsnippetchoosers_registry_seat:choose")
    assert root.get(seats, {"q": text}).status_code == 200


def test_a_word_in_quotation_marks_is_found_without_them(root, desk):
    explorer = reverse("wagtailadmin_pages:search")

    assert root.get(explorer, {"q": f'"{desk.live.title}"'}).status_code == 200


# --- Numbers and URLs ----------------------------------------------------------------------------------


@pytest.mark.both_databases
@pytest.mark.parametrize("value", ["NaN", "abc", "1" + "0" * 30, "1.5", "-" + "9" * 40])
@pytest.mark.parametrize("name", ["id", "owner", "offset", "revision_id", "user", "collection_id"])
def test_an_invalid_number_is_refused_with_its_parameter(desk, name, value):
    explorer = reverse("wagtailadmin_explore", args=[desk.room.home.pk])

    assert is_refused(desk.client.get(explorer, {name: value}), f"«{name}»", NUMBER, value)


def test_the_value_all_is_accepted_as_a_key(root):
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

    assert root.get(bulk, {"id": "all"}).status_code != 400


@pytest.mark.parametrize("value", ["abc", "1" + "0" * 30, "999999999"])
def test_an_invalid_block_count_returns_the_text(desk, value):
    answer = desk.edit(desk.draft, summary=TYPED, **{"body-count": value})

    assert is_refused(answer, TYPED, GIVEN_BACK)


@pytest.mark.parametrize("value", ["-1", "abc", 'a"b', "http://[::1"])
def test_an_invalid_next_url_is_refused(root, desk, value):
    address = reverse("wagtailadmin_pages:delete", args=[desk.draft.pk])

    assert is_refused(root.get(address, {"next": value}), "«next»")
    assert is_refused(root.post(address, {"next": value}), "«next»")


NO_PICTURES = [
    "fill-0x0", "max-0x0", "width-99999999", "format-xyz", "width-0", "min-9999x9999", "scale-1000",
    "x" * 500, "width-10|" * 9 + "width-10",
]  # fmt: skip


@pytest.mark.parametrize("spec", NO_PICTURES)
def test_an_invalid_image_spec_makes_no_rendition(root, desk, spec):
    assert is_refused(root.get(reverse("wagtailimages:preview", args=[desk.image.pk, spec])))


def test_a_valid_image_spec_makes_a_rendition(root, desk):
    for spec in ("width-20", "fill-20x20-c100", "original"):
        assert root.get(reverse("wagtailimages:preview", args=[desk.image.pk, spec])).status_code == 200


# --- Forms that no browser sends -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    ['"x"', "7", "[]", "[null]", "null", '{"blocks": null}', '{"blocks": [7], "entityMap": {}}', '{"a": [',
     "{}", "[" * 3_000 + "]" * 3_000],
)  # fmt: skip
def test_invalid_rich_text_returns_the_other_fields(desk, value):
    body = {"body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "paragraph",
            "body-0-id": "", "body-0-value": value}  # fmt: skip
    answer = desk.edit(desk.draft, summary=TYPED, **body)

    assert answer.status_code in (200, 302, 400)
    assert answer.status_code != 400 or is_refused(answer, TYPED, GIVEN_BACK)


def test_rich_text_with_a_lone_surrogate_returns_the_other_fields(desk):
    value = r'{"blocks": [{"key": "a", "text": "dos palabras \ud800", "type": "unstyled"}], "entityMap": {}}'
    body = {"body-count": "1", "body-0-type": "paragraph", "body-0-value": value}

    assert is_refused(desk.edit(desk.draft, summary=TYPED, **body), TYPED, "dos palabras ?", GIVEN_BACK)


def test_an_incomplete_form_returns_the_text(desk):
    answer = desk.post(
        "wagtailadmin_pages:edit", desk.draft.pk, opened_version="1", summary=TYPED, **{"body-count": 1}
    )

    assert answer.status_code in (400, 409)
    assert TYPED in answer.content.decode()


def test_an_empty_chooser_request_is_refused(root):
    address = reverse("wagtailsnippetchoosers_registry_institution:create")

    answer = root.post(
        address, {}, headers={"X-Requested-With": "XMLHttpRequest", "Accept": "text/plain, */*"}
    )

    assert answer.status_code == 400
    assert "Aquí solo se elige de la lista" in answer.json()["message"]


def test_too_many_fields_are_refused_with_a_message(desk):
    answer = desk.post("wagtailadmin_pages:edit", desk.draft.pk, **{f"campo-{n}": 1 for n in range(10_001)})

    assert answer.status_code == 400
    assert "es demasiado grande" in answer.content.decode() or BROKEN in answer.content.decode()


def test_a_truncated_multipart_form_is_refused(desk):
    answer = desk.client.post(
        reverse("wagtailimages:add"), b"--limite\r\nnada", content_type="multipart/form-data; boundary="
    )

    assert is_refused(answer, BROKEN)


# --- Kinds of response ---------------------------------------------------------------------------------


def test_the_autosave_script_gets_the_message_as_json(desk):
    address = reverse("wagtailadmin_pages:edit", args=[desk.draft.pk])
    form = desk.form(desk.draft, **{"body-count": "abc"})

    answer = desk.client.post(address, form, headers={"Accept": "application/json"})

    assert answer.status_code == 400
    assert answer.json()["error_code"] == "locked"
    assert "«body-count»" in answer.json()["error_message"]


def test_the_admin_api_answers_with_its_own_message(desk):
    answer = desk.client.get("/admin/api/main/pages/", {"offset": "1" + "0" * 30})

    assert answer.status_code == 400
    assert "«offset»" in answer.json()["message"]


def test_a_filtered_listing_gets_a_fragment(desk):
    address = reverse("wagtailadmin_explore_results", args=[desk.room.home.pk])

    answer = desk.client.get(address, {"owner": "abc"}, headers={"X-Requested-With": "XMLHttpRequest"})

    assert is_refused(answer, "«owner»")
    assert "<html" not in answer.content.decode()


@pytest.mark.parametrize("body", [b"{", b"[]", b"7", b"null", b"\xff", b'"x"', b"[" * 3_000])
def test_a_json_body_that_is_no_object_is_refused_in_json(desk, body):
    answer = desk.client.patch(reverse("wagtailadmin_dismissibles"), body, content_type="application/json")

    assert answer.status_code == 400
    assert "no envió lo que se espera" in answer.json()["message"]


def test_an_incomplete_redirect_import_is_refused(root):
    assert is_refused(root.post("/admin/redirects/import/process/", {"import_file_name": "a"}), BROKEN)


@pytest.mark.both_databases
def test_an_unstorable_session_cookie_is_anonymous(client):
    client.cookies["sessionid"] = "abcdefgh"
    answer = client.get(reverse("account_login"), headers={"Cookie": 'sessionid="abcdefgh\\000"'})

    assert answer.status_code == 200


def test_only_the_unstorable_cookie_is_dropped(rf):
    request, cookies = rf.get("/"), []
    request.COOKIES = {"sessionid": "abc\x00", "idioma": "es"}

    def view(request: HttpRequest) -> HttpResponse:
        cookies.append(dict(request.COOKIES))
        return HttpResponse()

    drop_unreadable_cookies(view)(request)

    assert cookies == [{"idioma": "es"}]


# --- Files ---------------------------------------------------------------------------------------------

HEADER = 'msgid ""\nmsgstr ""\n'


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(None, id="no file"),
        pytest.param(b"", id="empty"),
        pytest.param(b'msgid "a"\nmsgstr "b"\n', id="no header"),
        pytest.param(
            f'{HEADER}"Content-Type: text/plain; charset=klingon\\n"\n'.encode(), id="unknown charset"
        ),
        pytest.param(b"msgid \xff\x00\x01", id="binary"),
        pytest.param(b'msgid "a"\nmsgstr[x] "b"\n', id="broken plural"),
        pytest.param(b'"text before any entry"\n', id="broken syntax"),
    ],
)
def test_a_translation_file_that_cannot_be_read_is_refused(root, desk, content):
    _target, _source, translation = live_translation(desk)
    sent = {} if content is None else {"file": SimpleUploadedFile("frases.po", content)}

    answer = root.post(reverse("wagtail_localize:upload_pofile", args=[translation.pk]), sent)

    assert answer.status_code == 409
    assert "No se importó nada" in answer.content.decode()
    assert not StringTranslation.objects.exists()


# --- The admin API and removed views -------------------------------------------------------------------


def test_the_image_list_for_scripts_responds(root, desk):
    answer = root.get("/admin/api/main/images/")

    assert answer.status_code == 200
    assert "download_url" not in json.dumps(answer.json()["items"])
    assert root.get(f"/admin/api/main/images/{desk.image.pk}/").status_code == 200
    assert root.get("/admin/api/main/images/?fields=download_url").status_code == 400


def test_the_deliberate_error_page_is_a_404(root):
    assert root.get("/admin/failwhale/").status_code == 404


# --- Bugs ----------------------------------------------------------------------------------------------


def own_bug(request: HttpRequest) -> HttpResponse:
    return HttpResponse(int(request.GET["q"]) // 0)


def bug_of_a_rule(request: HttpRequest) -> HttpResponse:
    raise ValidationError("hola")


def missing_key(request: HttpRequest) -> HttpResponse:
    return HttpResponse({}["q"])


@pytest.mark.parametrize("view", [own_bug, bug_of_a_rule, missing_key])
@pytest.mark.parametrize("query", ["q=1", "q=hola"])
def test_a_bug_of_the_project_is_still_an_error(monkeypatch, settings, view, query):
    class Routes:
        urlpatterns = [path("roto/", view), *portal_urls.urlpatterns]
        handler400 = portal_urls.handler400

    settings.ROOT_URLCONF = Routes
    assert Client(raise_request_exception=False).get(f"/roto/?{query}").status_code == 500


def test_an_input_error_of_a_view_is_logged_with_its_traceback(desk, caplog):
    with caplog.at_level(logging.WARNING):
        desk.edit(desk.draft, **{"body-count": "1", "body-0-type": "paragraph"})

    records = [record for record in caplog.records if record.name.startswith("abierto.bad_requests")]
    assert records
    assert records[0].exc_info


def test_root_of_the_page_tree_cannot_be_chosen(admin_client):
    """Wagtail's view asks for the parent of each page chosen, and the root has none."""
    root = Page.objects.get(depth=1)

    response = admin_client.get(reverse("wagtailadmin_choose_page_chosen_multiple"), {"id": root.pk})

    assert response.status_code == 400
