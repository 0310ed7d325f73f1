"""Feedback, from the results page to the record."""

import pytest
from django.test import Client
from django.urls import reverse

from search.analytics.models import QueryNote

RESULTS = reverse("search:results")
OPINION = reverse("search:opinion")
HERE = "http://testserver"


@pytest.fixture
def strict(engine):
    """Return a client that checks CSRF tokens as browsers' requests are checked."""
    return Client(enforce_csrf_checks=True)


def send_feedback(client, useful="no", query="q=alumbrado", origin=HERE, **headers):
    sent = {"HTTP_ORIGIN": origin} if origin else {}
    return client.post(f"{OPINION}?{query}", {"sirvio": useful}, **sent, **headers)


def test_the_feedback_form_has_no_token_and_can_be_cached(strict, settings):
    settings.ABIERTO_PAGE_CACHE_SECONDS = 60
    for _ in range(2):  # the second one is the cached page
        response = strict.get(RESULTS, {"q": "alumbrado público", "tipo": "plan"})
        html = response.content.decode()
        assert f'action="{OPINION}?q=alumbrado+p%C3%BAblico&amp;tipo=plan" method="post"' in html
        assert "csrfmiddlewaretoken" not in html
        assert not response.cookies
    assert "sirvio" not in strict.get(RESULTS).content.decode()


def test_feedback_is_recorded_and_acknowledged(strict):
    response = send_feedback(strict)
    html = response.content.decode()
    assert response.status_code == 200
    assert "Gracias." in html
    assert f'href="{RESULTS}?q=alumbrado"' in html
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    note = QueryNote.objects.get()
    assert (note.kind, note.words) == (QueryNote.Kind.USELESS, "alumbrado")


def test_one_feedback_per_query_and_day(strict):
    send_feedback(strict, "no")
    assert send_feedback(strict, "si").status_code == 200
    assert send_feedback(strict, "no", "q=ALUMBRADO").status_code == 200
    assert [note.kind for note in QueryNote.objects.all()] == [QueryNote.Kind.USELESS]
    send_feedback(strict, "no", "q=drenaje")
    send_feedback(strict, "si", REMOTE_ADDR="203.0.113.9")
    assert QueryNote.objects.count() == 3


@pytest.mark.parametrize("origin", ["", "null", "https://otro.example", "http://testserver.otro.example"])
def test_feedback_from_another_site_is_refused(strict, origin):
    response = send_feedback(strict, origin=origin)
    assert response.status_code == 403
    assert "Vuelve a los resultados" in response.content.decode()
    assert not QueryNote.objects.exists()


@pytest.mark.parametrize(("useful", "query"), [("quizá", "q=alumbrado"), ("", "q=alumbrado"), ("no", "")])
def test_without_feedback_or_query_it_redirects_to_the_results(strict, useful, query):
    response = send_feedback(strict, useful, query)
    assert response.status_code == 302
    assert response["Location"].startswith(RESULTS)
    assert not QueryNote.objects.exists()


def test_a_query_that_the_database_cannot_store_is_refused(strict):
    assert send_feedback(strict, "no", "q=%00").status_code == 400
    assert not QueryNote.objects.exists()


def test_a_get_request_redirects_to_the_results(strict):
    assert strict.get(f"{OPINION}?q=alumbrado")["Location"] == f"{RESULTS}?q=alumbrado"


def test_the_query_is_escaped_in_the_feedback_page(strict):
    html = send_feedback(strict, query="q=%3Cscript%3Ealert(1)%3C/script%3E").content.decode()
    assert "<script>alert" not in html
