"""Drawing an image anew: what is left is the picture, without where, when and with what it was taken."""

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile, File
from PIL import Image, ImageOps, ImageSequence

#: How each format is written back. Lossy ones at a quality nobody tells from the original.
SAVE_OPTIONS: dict[str, dict[str, Any]] = {
    "AVIF": {"quality": 90},
    "GIF": {},
    "JPEG": {"quality": 92, "optimize": True},
    "PNG": {"optimize": False},
    "WEBP": {"quality": 92},
}
ANIMATED = {"AVIF", "GIF", "PNG", "WEBP"}


def without_metadata(content: File) -> ContentFile:
    """Return the same picture with its orientation applied and every note taken off.

    Only the colour profile stays. Drawing anew also drops whatever was hidden behind the picture's end.
    """
    content.seek(0)
    with Image.open(BytesIO(content.read())) as image:
        # A JPEG of several pictures calls itself MPO; the first of them is the photograph.
        name = "JPEG" if image.format == "MPO" else image.format or "PNG"
        frames = getattr(image, "n_frames", 1)
        options = dict(SAVE_OPTIONS.get(name, {}))
        if profile := image.info.get("icc_profile"):
            options["icc_profile"] = profile
        if frames > 1 and name in ANIMATED:
            pictures = [bare(frame) for frame in ImageSequence.Iterator(image)]
            options |= {"save_all": True, "append_images": pictures[1:], "loop": image.info.get("loop", 0)}
            if durations := [frame.info["duration"] for frame in pictures if "duration" in frame.info]:
                options["duration"] = durations if len(durations) == len(pictures) else durations[0]
        else:
            pictures = [bare(ImageOps.exif_transpose(image))]
        output = BytesIO()
        pictures[0].save(output, format=name, **options)
    return ContentFile(output.getvalue(), name=content.name)


def bare(picture: Image.Image) -> Image.Image:
    """Return a copy that knows its pixels, its transparent colour and how long it is shown."""
    copy = picture.copy()
    copy.info = {key: value for key, value in picture.info.items() if key in {"duration", "transparency"}}
    return copy
