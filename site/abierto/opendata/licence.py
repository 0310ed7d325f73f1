"""The licence of the data, which every response, file and catalogue names."""

NAME = "Creative Commons Atribución 4.0 Internacional (CC BY 4.0)"
SHORT_NAME = "CC-BY-4.0"
URL = "https://creativecommons.org/licenses/by/4.0/"
AUTHORITY = "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"
"""The URI of the licence in the EU's authority table, as DCAT-AP requires."""
