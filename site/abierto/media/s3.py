"""Storages in a bucket of an S3-compatible service (extra ``s3``), with the same privacy as the folders.

No object has a URL: the bucket is private, no signed URL is ever created, and the portal's views check each
request and serve the file, as they do from a folder. Imported only if ``ABIERTO_S3_BUCKET`` is set.
"""

from typing import Any

from botocore.config import Config  # type: ignore[import-untyped]
from django.conf import settings
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage  # type: ignore[import-untyped]

from .storage import refuse_address

CONNECT_SECONDS, READ_SECONDS, ATTEMPTS = 5, 30, 3
MEMORY_BYTES = 1024 * 1024
"""A larger file is read into a temporary file."""


class BucketStorage(S3Storage):
    """Files below ``location`` of the configured bucket; an existing name is never overwritten."""

    def get_default_settings(self) -> dict[str, Any]:
        """Add the settings of every bucket; name, endpoint and keys are options in ``STORAGES``."""
        return super().get_default_settings() | {
            "default_acl": None,
            "file_overwrite": False,
            "max_memory_size": MEMORY_BYTES,
            "client_config": Config(
                connect_timeout=CONNECT_SECONDS,
                read_timeout=READ_SECONDS,
                retries={"total_max_attempts": ATTEMPTS},
                signature_version="s3v4",
                # Other services than Amazon's support neither the newer checksums nor bucket host names.
                s3={"addressing_style": "path"},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        }


class PrivateBucketStorage(BucketStorage):
    """Originals and documents, which only a view may serve."""

    def url(self, name: str | None, *args: Any, **kwargs: Any) -> str:
        """Raise, so that Wagtail serves the file through its view."""
        return refuse_address()


class RenditionBucketStorage(BucketStorage):
    """Renditions; their address is that of the view which checks each request."""

    def url(self, name: str | None, *args: Any, **kwargs: Any) -> str:
        """Return the portal's address, never the bucket's."""
        return str(settings.MEDIA_URL) + filepath_to_uri(name or "").lstrip("/")
