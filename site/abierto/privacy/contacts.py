"""Contacts: how an allowed one is compared, and which addresses are those of institutions."""

import re

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
"""Providers of mail for persons."""

OFFICIAL_DOMAIN = re.compile(
    r"(?:.*\.)?(?:gob\.mx|gov|edu\.mx|edu|unam\.mx|ugto\.mx|inai\.org\.mx|ieeg\.mx|int)"
)

PLACEHOLDER = re.compile(
    r"(?:(?:usuario|nombre|ejemplo|correo|tucorreo|tunombre|alguien)(?:\.apellidos?)?|x{3,}(?:\.x{3,})?|a{3,})@.*"
    r"|.*@(?:(?:ejemplo|example|dominio|tudominio|correo|servidor|empresa|x+)\.(?:com|org|net)(?:\.mx)?)"
)
"""Addresses in the explanation of a form."""

ROLE_MAILBOX = re.compile(
    r"(?:contacto|info\w*|transparencia|unidad|atencion|quejas|denuncias?|oficialia|ventanilla|prensa"
    r"|comunicacion|presidencia|ayuntamiento|datos|soporte|ayuda|webmaster|admin|buzon|participa|noreply|no-reply"
    r"|secretaria|tesoreria|contraloria|recepcion|ventas|facturacion|licitaciones|compras|consulta|enlace"
    r"|gobierno\w*|municipio\w*|utransparencia|uta?ip|privacidad|arco|gobiernoabierto|hola|editorial|revista)\b.*"
)
"""Mailboxes of a function, not of a person."""


def normalize_contact(contact: str) -> str:
    """Return a contact as it is compared: an address in lower case, a phone as its last ten digits."""
    if "@" in contact:
        return contact.strip().lower()
    return NOT_DIGIT.sub("", contact)[-10:]
