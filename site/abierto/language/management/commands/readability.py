"""``manage.py readability``: print the score and the findings of texts from standard input, one per line."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from abierto.language.review import Review, review_text


class Command(BaseCommand):
    """Print one JSON object for each input line, in the same order."""

    help = (
        "Lee textos en UTF-8 de la entrada estándar, uno por línea, y escribe de cada uno una línea de JSON: "
        "inflesz, band, words_per_sentence y findings (rule, start, end, message)."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for number, line in enumerate(sys.stdin.buffer, start=1):
            try:
                text = line.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as error:
                raise CommandError(
                    f"La línea {number} no está en UTF-8. Guarda el archivo como UTF-8 y repite."
                ) from error
            result = describe(review_text(text.rstrip("\r\n")))
            self.stdout.write(json.dumps(result, ensure_ascii=False))


def describe(review: Review) -> dict[str, Any]:
    """Return the JSON values of a review; offsets are code points, the end exclusive."""
    score = review.score
    return {
        "inflesz": score.inflesz,
        "band": score.band.value if score.band else None,
        "words_per_sentence": score.words_per_sentence,
        "findings": [
            {
                "rule": finding.rule.code,
                "start": finding.start,
                "end": finding.end,
                "message": finding.message,
            }
            for finding in review.findings
        ],
    }
