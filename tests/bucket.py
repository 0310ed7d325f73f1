"""A bucket of an S3-compatible service in this process, and a portal whose files are in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3
from moto.server import ThreadedMotoServer

from abierto.imports.models import ImportBatch
from abierto.media.models import PortalDocument, PortalImage
from abierto.microsite_copies.models import MicrositeCopy
from abierto.ruling_desk.models import RulingBatch

BUCKET = "media"
KEYS = {"aws_access_key_id": "portal", "aws_secret_access_key": "secreta", "region_name": "us-east-1"}
#: The fields of private files; migrations read their storage once.
PRIVATE = (
    (PortalImage, "file"),
    (PortalDocument, "file"),
    (MicrositeCopy, "file"),
    (ImportBatch, "sheet"),
    (RulingBatch, "sheet"),
    (RulingBatch, "archive"),
)


@contextmanager
def running_service() -> Iterator[str]:
    """Start the service; yield its address."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    try:
        yield f"http://{host}:{port}"
    finally:
        server.stop()


@contextmanager
def new_bucket(service: str) -> Iterator[Any]:
    """Make a bucket; delete it with what is in it."""
    made = boto3.resource("s3", endpoint_url=service, **KEYS).create_bucket(Bucket=BUCKET)
    try:
        yield made
    finally:
        made.objects.all().delete()
        made.delete()


def variables(service: str) -> dict[str, str]:
    """Return the environment of a portal whose files are in the bucket."""
    return {
        "ABIERTO_S3_BUCKET": BUCKET,
        "ABIERTO_S3_ENDPOINT": service,
        "ABIERTO_S3_REGION": "us-east-1",
        "ABIERTO_S3_ACCESS_KEY": "portal",
        "ABIERTO_S3_SECRET_KEY": "secreta",
    }


def contents(bucket: Any) -> dict[str, bytes]:
    """Return what is in a bucket, by key."""
    return {item.key: item.get()["Body"].read() for item in bucket.objects.all()}
