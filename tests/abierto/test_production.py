"""Production refuses weak secrets and wildcard hosts."""

import pytest
from django.core.checks.security.base import _check_secret_key
from django.core.exceptions import ImproperlyConfigured

from abierto.settings import environment

KEY, HOSTS = "ABIERTO_SECRET_KEY", "ABIERTO_HOSTS"
# Fixed, so that every process of a run collects the same tests.
URL_SAFE = "qX3uJzP8mVt0Yc5LdKf7WbR1sHnGa2oE-iTg_4vNMye6CxZrQjUwBkpD9hSlAF0O"
HEXADECIMAL = "9f2c4e7ab1d05836fe91c27d4ba80356e1f7029c8d3b6a450fbc91e273d8a604"


@pytest.mark.parametrize("good", [URL_SAFE, HEXADECIMAL, f"  {URL_SAFE} "])
def test_a_long_varied_secret_is_accepted(monkeypatch, good):
    monkeypatch.setenv(KEY, good)
    assert environment.secret_key(KEY) == good.strip()
    assert _check_secret_key(good.strip())


@pytest.mark.parametrize(
    "weak",
    [
        "corta",
        "x" * 49,
        "a" * 80,
        "abcd" * 20,
        "abcdefghijkl" * 6,
        URL_SAFE[:49],
        "django-insecure-" + URL_SAFE,
        "0123456789" * 5,
    ],
)
def test_a_weak_secret_is_refused_with_the_command_to_make_a_strong_one(monkeypatch, weak):
    monkeypatch.setenv(KEY, weak)
    with pytest.raises(ImproperlyConfigured) as refused:
        environment.secret_key(KEY)
    assert "fácil de adivinar" in str(refused.value)
    assert 'python3 -c "import secrets; print(secrets.token_urlsafe(50))"' in str(refused.value)
    assert weak not in str(refused.value)


@pytest.mark.parametrize(
    ("written", "hosts"),
    [
        ("abierto.ejemplo.gob.mx", ["abierto.ejemplo.gob.mx"]),
        ("Abierto.MX , www.abierto.mx", ["Abierto.MX", "www.abierto.mx"]),
        ("localhost,127.0.0.1,[::1]", ["localhost", "127.0.0.1", "[::1]"]),
        ("xn--aejo-hqa.mx", ["xn--aejo-hqa.mx"]),
    ],
)
def test_full_host_names_are_accepted(monkeypatch, written, hosts):
    monkeypatch.setenv(HOSTS, written)
    assert environment.hosts(HOSTS) == hosts


@pytest.mark.parametrize(
    "wrong",
    [
        "*",
        "abierto.mx,*",
        ".com",
        ".abierto.mx",
        "*.abierto.mx",
        "*.",
        ".",
        "..",
        "abierto.*",
        "abierto..mx",
        "abierto.mx.",
        "abierto.mx,",
        ",abierto.mx",
        "abierto.mx,,www.abierto.mx",
        ",",
        "abierto.mx:8000",
        "https://abierto.mx",
        "abierto.mx/",
        "abierto.mx www.abierto.mx",
        "-abierto.mx",
        "añejo.mx",
        "0.0.0.0",
        "[::]",
        "a" * 64 + ".mx",
    ],
)
def test_invalid_host_names_are_refused_with_an_example(monkeypatch, wrong):
    monkeypatch.setenv(HOSTS, wrong)
    with pytest.raises(ImproperlyConfigured) as refused:
        environment.hosts(HOSTS)
    assert "nombre completo" in str(refused.value)
    assert f"{HOSTS}=abierto.ejemplo.gob.mx" in str(refused.value)


@pytest.mark.parametrize("read", [environment.secret_key, environment.hosts, environment.required])
def test_a_missing_variable_is_named(monkeypatch, read):
    monkeypatch.setenv("ABIERTO_NADA", "   ")
    with pytest.raises(ImproperlyConfigured, match="ABIERTO_NADA"):
        read("ABIERTO_NADA")
