"""Storages in a bucket of an S3-compatible service (extra ``s3``), with the rules of the folders.

No object has an address: the bucket is closed, no signed address is ever made, and the portal's views serve
every file after their check, as they do from a folder. Imported only if ``ABIERTO_S3_BUCKET`` is set.
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
    """Files below ``location`` of the bucket of the settings; a name is never written twice."""

    def get_default_settings(self) -> dict[str, Any]:
        """Add what holds for every bucket; its place and keys are options of the portal's settings."""
        return super().get_default_settings() | {
            "default_acl": None,
            "file_overwrite": False,
            "max_memory_size": MEMORY_BYTES,
            "client_config": Config(
                connect_timeout=CONNECT_SECONDS,
                read_timeout=READ_SECONDS,
                retries={"total_max_attempts": ATTEMPTS},
                signature_version="s3v4",
                # Services other than Amazon's know neither the newer checksums nor hosts named after buckets.
                s3={"addressing_style": "path"},
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        }


class PrivateBucketStorage(BucketStorage):
    """Originals and documents, which only a view may serve."""

    def url(self, name: str | None, *args: Any, **kwargs: Any) -> str:
        """Refuse, as ``PrivateStorage`` does."""
        return refuse_address()


class RenditionBucketStorage(BucketStorage):
    """Renditions; their address is that of the view which checks each request."""

    def url(self, name: str | None, *args: Any, **kwargs: Any) -> str:
        """Return the portal's address, never the bucket's."""
        return str(settings.MEDIA_URL) + filepath_to_uri(name or "").lstrip("/")
