"""The cache of whole public pages: the first middleware, which answers before any other.

Only responses marked with :func:`pages.core.cache.mark_cacheable` are stored, for the day, the host and the
address (it states the language); none that sets a cookie. Requests with a session, a cookie of ours or a
method other than GET are not cached. A stored page costs one query, the public versions: it is sent while the
versions that it depends on are unchanged (:mod:`pages.core.reads`).

A page is stored with the headers of all other middlewares, as it is and compressed. Compressing is safe: a
stored page has no secret and repeats no input but its own address. Its ETag is a hash of the content: right
across releases, and a publication elsewhere does not make visitors load the page again.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers

from .cache import Basis, at_version, find_spaces_read, read_versions

CACHE = "public_pages"
MESSAGES_COOKIE = "messages"
# Below this size the compressed page is hardly smaller.
MIN_COMPRESSED_BYTES = 500
# Level 9 takes half as much time again, and a page of 24 kB is 17 bytes shorter.
COMPRESSION = 6

type GetResponse = Callable[[HttpRequest], HttpResponse]
#: Headers, content, compressed content (empty where not worth it).
type StoredPage = tuple[dict[str, str], bytes, bytes]
type Entry = tuple[Basis, StoredPage]


def cache_public_pages(get_response: GetResponse) -> GetResponse:
    """Respond from the cache, and cache the responses that are marked cacheable."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not settings.ABIERTO_PAGE_CACHE_SECONDS or not _is_anonymous_read(request):
            return get_response(request)
        # The versions are read before the page: a change in between is cached under old ones.
        versions = read_versions()
        key = _build_key(request) if _is_same_for_all(request) else None
        entry: Entry | None = caches[CACHE].get(key) if key else None
        if entry is not None and versions.match(entry[0]):
            return _build_response(request, entry[1])
        with at_version(versions.number):
            response = get_response(request)
            if key is None or not _may_be_stored(response):
                return response
            basis = versions.describe_basis(find_spaces_read(response))
        stored = _build_stored_page(response)
        caches[CACHE].set(key, (basis, stored), settings.ABIERTO_PAGE_CACHE_SECONDS)
        return _build_response(request, stored)

    return middleware


def _is_anonymous_read(request: HttpRequest) -> bool:
    """Check that this is a GET request without a session, and not one for a static file."""
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not request.path_info.startswith(settings.STATIC_URL)
    )


def _is_same_for_all(request: HttpRequest) -> bool:
    """Check that the response depends on the URL alone: no language, no message, no HTMX fragment."""
    own_cookies = {settings.LANGUAGE_COOKIE_NAME, MESSAGES_COOKIE}
    return own_cookies.isdisjoint(request.COOKIES) and "HTTP_HX_REQUEST" not in request.META


def _build_key(request: HttpRequest) -> str | None:
    """Return the key of the address; None for a host that is not ours, which Django refuses further on."""
    try:
        address = (request.scheme, request.get_host(), request.path, request.META.get("QUERY_STRING", ""))
    except DisallowedHost:
        return None
    parts = repr((timezone.localdate(), address))
    return hashlib.blake2b(parts.encode(), digest_size=16).hexdigest()


def _may_be_stored(response: HttpResponse) -> bool:
    return (
        response.status_code == 200
        and getattr(response, "is_cacheable", False)
        and not response.cookies
        and not response.has_header("Content-Encoding")
    )


def _build_stored_page(response: HttpResponse) -> StoredPage:
    """Return the page with the headers that let visitors revalidate it with every request."""
    content = response.content
    response.headers["ETag"] = f'W/"{hashlib.blake2b(content, digest_size=16).hexdigest()}"'
    response.headers.setdefault("Cache-Control", "no-cache")
    patch_vary_headers(response, ["Accept-Encoding"])
    headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    # No time in the compressed bytes: the same page is the same bytes in every process.
    compressed = gzip.compress(content, COMPRESSION, mtime=0) if len(content) >= MIN_COMPRESSED_BYTES else b""
    return headers, content, compressed


def _build_response(request: HttpRequest, stored: StoredPage) -> HttpResponse:
    """Return the stored page, compressed if the client accepts gzip; 304 if the client has this version."""
    headers, content, compressed = stored
    is_compressed = bool(compressed) and _accepts_gzip(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    response = HttpResponse(compressed if is_compressed else content, headers=headers)
    response.headers["Content-Length"] = str(len(response.content))
    if is_compressed:
        response.headers["Content-Encoding"] = "gzip"
    return get_conditional_response(request, etag=headers["ETag"], response=response) or response


def _accepts_gzip(accepted: str) -> bool:
    """Check an ``Accept-Encoding`` header for gzip that is not refused with ``q=0``."""
    for coding in accepted.split(","):
        name, _separator, weight = coding.partition(";")
        if name.strip().lower() == "gzip":
            return weight.replace(" ", "").rstrip(".0") != "q="
    return False
