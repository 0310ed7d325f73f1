"""Normalize contacts for comparison, and recognize official domains and mailboxes."""

import re

from .normalization import fold

NOT_DIGIT = re.compile(r"\D")

FREE_NAME = (
    "gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|proton|protonmail|pm|tutanota"
    "|zoho|yandex|mail|prodigy|terra|infinitummail|telmexmail|att|rocketmail|hey|fastmail|gmal|gmai|hotmial"
    "|hotmal|unotv|cablevision|megared|axtel|tuta|duck|yopmail"
)

FREE_MAIL = re.compile(
    rf"(?:{FREE_NAME})"
    r"\.(?:com|es|mx|com\.mx|net|net\.mx|me|org|ru|[a-z]{2}|com\.[a-z]{2})"
)
"""Domains of free mail providers."""

OFFICIAL_DOMAIN = re.compile(
    r"(?:.*\.)?(?:gob\.mx|gov|edu\.mx|edu|unam\.mx|ugto\.mx|inai\.org\.mx|ieeg\.mx|int)"
)

PLACEHOLDER = re.compile(
    r"(?:(?:usuario|nombre|ejemplo|correo|tucorreo|tunombre|alguien)(?:\.apellidos?)?|x{3,}(?:\.x{3,})?|a{3,})@.*"
    r"|.*@(?:(?:ejemplo|example|dominio|tudominio|correo|servidor|empresa|x+)\.(?:com|org|net)(?:\.mx)?)"
)
"""Example addresses, as in the help of a form."""

ROLE_MAILBOX = re.compile(
    r"(?:contacto|info\w*|transparencia|unidad|atencion|quejas|denuncias?|oficialia|ventanilla|prensa"
    r"|comunicacion|presidencia|ayuntamiento|datos|soporte|ayuda|webmaster|admin|buzon|participa|noreply|no-reply"
    r"|secretaria|tesoreria|contraloria|recepcion|ventas|facturacion|licitaciones|compras|consulta|enlace"
    r"|gobierno\w*|municipio\w*|utransparencia|uta?ip|privacidad|arco|gobiernoabierto|hola|editorial|revista)\b.*"
)
"""Mailboxes of an office or a function."""


PHONE_NUMBER = re.compile(r"\d(?:[\s().+–-]*\d){9,}")
EXTENSION = re.compile(r"\W{0,4}\b(?:exts?|extension(?:es)?|x)\b.*")

STREET_WORDS = {
    "av": "avenida",
    "ave": "avenida",
    "blvd": "boulevard",
    "bulevar": "boulevard",
    "calz": "calzada",
    "prol": "prolongacion",
    "priv": "privada",
    "pvda": "privada",
    "cda": "cerrada",
    "and": "andador",
    "pte": "poniente",
    "ote": "oriente",
    "nte": "norte",
}
"""Abbreviations in street addresses, by which ``normalize_address`` replaces them."""

STREET_FILLERS = frozenset(
    ["calle", "c", "numero", "num", "no", "nro", "n", "marcado", "marcada", "con", "el"]
)
WITHOUT_NUMBER = re.compile(r"\bs\s?/\s?n\b|\bsin\s+numero\b")
STREET_WORD = re.compile(r"[a-z0-9]+")
SENTENCE_END = re.compile(r"[.;]\s|\n")
LONGEST_ROOM = 30
ROOM = re.compile(r"\b(?:int(?:erior)?|depto|departamento|local|piso|despacho|oficina)\b\W*(?:no\b\W*)?(\w+)")


def normalize_contact(contact: str) -> str:
    """Return a contact in the form in which contacts are compared.

    An e-mail address in lower case, the last ten digits of a phone number without its extension, or street,
    number and room of a street address.
    """
    if "@" in contact:
        return contact.strip().lower()
    number = PHONE_NUMBER.search(EXTENSION.sub("", fold(contact)))
    if number is None:
        return normalize_address(contact)
    return NOT_DIGIT.sub("", number[0])[-10:]


def normalize_address_at(text: str, start: int, end: int) -> str:
    """Return the normalized street address at a span of a text, with a room that may follow it."""
    room = SENTENCE_END.split(text[end : end + LONGEST_ROOM])[0]
    return normalize_address(text[start:end] + room)


def normalize_address(address: str) -> str:
    """Return street, number and room of an address; empty for a text without street and number.

    Settlement, postal code and town are left out, because they are written in many ways.
    """
    text = WITHOUT_NUMBER.sub(" 0 ", fold(address))
    words: list[str] = []
    for match in STREET_WORD.finditer(text):
        word = match[0]
        is_number = word[0].isdigit() and not re.match(r"\s+de\s", text[match.end() : match.end() + 5])
        if word not in STREET_FILLERS:
            words.append(STREET_WORDS.get(word, word))
        if is_number:
            room = ROOM.search(text, match.end())
            return " ".join([*words, *room.groups()] if room else words) if len(words) > 1 else ""
    return ""
