"""``manage.py draw_infographics``: draw the pictures of the invented rulings again."""

from typing import Any

from django.core.management.base import BaseCommand

from abierto.demo.infographics import draw_infographic
from abierto.demo.loader.rulings import INFOGRAPHICS, read_rulings


class Command(BaseCommand):
    """Write the pictures below ``content/infographics``, which the demo loads."""

    help = "Dibuja otra vez las infografías de las sentencias de ejemplo."

    def handle(self, *args: Any, **options: Any) -> None:
        for entry in read_rulings():
            if "infographic" in entry:
                drawn = entry["infographic"]
                steps = [(step["title"], step["text"]) for step in drawn["steps"]]
                (INFOGRAPHICS / drawn["file"]).write_bytes(draw_infographic(entry["title"], steps))
