"""English words and wrong Spanish words in text that people read. docs/spanish.md explains the terms."""

import re

WORD = re.compile(r"[A-Za-zÁÉÍÓÚÑÜáéíóúñü]+")
# No Spanish sentence of the portal has these words.
ENGLISH = frozenset(
    re.findall(
        r"\w+",
        """the of and to is are this that these with for from your you page pages add edit delete save
        publish published draft search image document view user group name title code date number
        weight key label level figure status start end close open more all any cannot please choose
        new create update report row action comment settings language collection task move field
        required value link home back next previous only must have been was will be at none true
        false yes not by when who which what there here does don doesn isn haven why now then into
        unpublish submit submitted review approve approved reject rejected locked unlock history
        workflow snippet images documents users groups sites site password username log sign out
        account tag tags upload file files copy root child children parent order sort filter filters
        results result display usage count never last first latest created updated deleted can
        permission permissions change active inactive enable disable translate translation
        translations locale sync source target select clear loading preview content type types
        object objects item items current default email optional help show hide toggle expand
        collapse undo redo insert remove replace cancel confirm continue done errors warning success
        invalid empty missing low high ascending descending""",
    )
)

# What the libraries' catalogues say, or said, and what the portal says.
WRONG_WORDS = {
    "calquiera": "cualquiera",
    "concidencia": "coincidencia",
    "etiquedas": "etiquetas",
    "enlance": "enlace",
    "coleciones": "colecciones",
    "aprovado": "aprobado",
    "eliga": "elige",
    "gaurdado": "guardado",
    "puedo ser": "no se guardó",
    "no puede ser guardad[oa]": "no se guardó",
    "no puede ser cread[oa]": "no se creó",
    "subirlas inmediatamente": "para subirlas",
    "añad[a-zíáéó]*": "agregar",
    "ordenador(?:es)?": "computadora",
    "elimin[a-zíáéó]*": "borrar",
    "despublic[a-zíáéó]*": "retirar",
    "moderación|moderad[oa]s?": "revisión",
    "flujos? de trabajo": "flujo de revisión",
    "rechaz[a-zíáéó]*": "devolver",
    "snippets?|fragmentos? wagtail": "ficha",
    "slugs?": "dirección en la web",
    "páginas? hijas?": "subpágina",
    "páginas? padre": "página superior",
    "en vivo": "público",
    "regi[oó]n(?:es)? disponibles?": "idioma",
    "correo electrónico": "correo",
    "lo sentimos": "(se dice qué pasó)",
    "por favor": "(se dice qué hacer)",
    "usted(?:es)?": "tú",
    "introduzca|ingrese|seleccione|asegúrese|inténtelo|utilice|póngase|arrastre|haga clic|pulse": "tú",
    "sólo|éste|ésta": "solo, este, esta",
    "login|token|click|email": "iniciar sesión, clave, clic, correo",
}
_WRONG = {wrong: re.compile(rf"(?<!\w)(?:{wrong})(?!\w)", re.IGNORECASE) for wrong in WRONG_WORDS}
# Placeholders, markup, quotations and addresses.
_SKIPPED = re.compile(
    r"CC BY [\d.]+|%\(\w+\)\w|%[a-z]|\{[\w.]*\}|<code>[^<]*</code>|<[^>]*>|&\w+;|«[^»]*»|https?://\S+|\S+@\S+|[\w-]+\.(?:html|py|pdf|csv)\b"
)


def bare(text: str) -> str:
    """Return ``text`` without placeholders, markup, quotations and addresses."""
    return _SKIPPED.sub(" ", text)


def find_english(text: str) -> set[str]:
    """Return the words of ``text`` that no Spanish sentence has."""
    return {word for word in WORD.findall(bare(text).lower()) if word in ENGLISH}


def find_wrong(text: str) -> set[str]:
    """Return the wrong words of ``text``, by the pattern that found them."""
    plain = bare(text)
    return {wrong for wrong, pattern in _WRONG.items() if pattern.search(plain)}
