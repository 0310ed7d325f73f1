"""The catalogue of the data as DCAT-AP 3, and as JSON-LD of schema.org for search engines.

The mandatory properties are in https://semiceu.github.io/DCAT-AP/releases/3.0.0/.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from rdflib import DCAT, DCTERMS, FOAF, RDF, SKOS, Graph, Literal, URIRef

from abierto.addresses import absolute_url

from . import licence
from .api.views import FORMATS, list_url
from .registry import RESOURCES
from .resource import Resource

AUTHORITY = "http://publications.europa.eu/resource/authority"
SPANISH = URIRef(f"{AUTHORITY}/language/SPA")
DAILY = URIRef(f"{AUTHORITY}/frequency/DAILY")
GOVERNMENT = URIRef(f"{AUTHORITY}/data-theme/GOVE")
PUBLIC = URIRef(f"{AUTHORITY}/access-right/PUBLIC")
MEDIA = "https://www.iana.org/assignments/media-types/"
#: Format of the API → its media type, and its name in the EU's list of file types.
FILE_TYPES = {
    "json": ("application/json", "JSON"),
    "csv": ("text/csv", "CSV"),
    "jsonld": ("application/ld+json", "JSON_LD"),
}
#: Property → the class that DCAT-AP requires of its values.
RANGES = {
    DCTERMS.license: DCTERMS.LicenseDocument,
    DCTERMS.language: DCTERMS.LinguisticSystem,
    DCTERMS.accessRights: DCTERMS.RightsStatement,
    DCTERMS.accrualPeriodicity: DCTERMS.Frequency,
    DCTERMS.format: DCTERMS.MediaTypeOrExtent,
    DCAT.mediaType: DCTERMS.MediaType,
    DCAT.theme: SKOS.Concept,
    DCAT.landingPage: FOAF.Document,
    FOAF.homepage: FOAF.Document,
    FOAF.page: FOAF.Document,
}
KEYWORDS = ("gobierno abierto", "rendición de cuentas")
CATALOGUE = "Catálogo de datos abiertos"
ABOUT = "Todo lo que el portal publica, con su fuente y su fecha."


def data_url() -> str:
    """Return the full address of the page about the data."""
    return absolute_url(reverse("opendata_pages:index"))


def build_graph(portal: str) -> Graph:
    """Return the catalogue; ``portal`` is the name of its publisher."""
    graph = Graph()
    graph.bind("dcat", DCAT)
    graph.bind("dct", DCTERMS)
    graph.bind("foaf", FOAF)
    catalogue, publisher = URIRef(f"{data_url()}#catalogo"), URIRef(absolute_url("/"))
    graph.add((publisher, RDF.type, FOAF.Agent))
    graph.add((publisher, FOAF.name, Literal(portal, lang="es")))
    _describe(graph, catalogue, DCAT.Catalog, f"{CATALOGUE}: {portal}", ABOUT, publisher)
    graph.add((catalogue, FOAF.homepage, URIRef(data_url())))
    service = _add_service(graph, publisher)
    graph.add((catalogue, DCAT.service, service))
    for resource in RESOURCES.values():
        dataset = _add_dataset(graph, resource, publisher, service)
        graph.add((catalogue, DCAT.dataset, dataset))
        graph.add((service, DCAT.servesDataset, dataset))
    _declare_values(graph)
    return graph


def _declare_values(graph: Graph) -> None:
    """Declare the class of each value, so that harvesters need not load it from other servers."""
    for predicate, kind in RANGES.items():
        for value in set(graph.objects(None, predicate)):
            graph.add((value, RDF.type, kind))
    graph.add((GOVERNMENT, SKOS.prefLabel, Literal("Gobierno y sector público", lang="es")))


def _describe(graph: Graph, node: URIRef, kind: URIRef, title: str, text: str, publisher: URIRef) -> None:
    """Add the properties that catalogue, datasets and service share."""
    graph.add((node, RDF.type, kind))
    graph.add((node, DCTERMS.title, Literal(title, lang="es")))
    graph.add((node, DCTERMS.description, Literal(text, lang="es")))
    graph.add((node, DCTERMS.publisher, publisher))
    graph.add((node, DCTERMS.license, URIRef(licence.AUTHORITY)))
    graph.add((node, DCTERMS.language, SPANISH))


def _add_service(graph: Graph, publisher: URIRef) -> URIRef:
    root = absolute_url(reverse("api:api-root"))
    service = URIRef(root)
    _describe(graph, service, DCAT.DataService, "API de datos abiertos", ABOUT, publisher)
    graph.add((service, DCAT.endpointURL, URIRef(root)))
    document = URIRef(absolute_url(reverse("api:openapi-json")))
    graph.add((service, DCAT.endpointDescription, document))
    graph.add((service, DCTERMS.accessRights, PUBLIC))
    return service


def _add_dataset(graph: Graph, resource: Resource, publisher: URIRef, service: URIRef) -> URIRef:
    dataset = URIRef(f"{data_url()}#{resource.slug}")
    _describe(graph, dataset, DCAT.Dataset, resource.title, resource.description, publisher)
    graph.add((dataset, DCTERMS.identifier, Literal(str(dataset))))
    graph.add((dataset, DCTERMS.accrualPeriodicity, DAILY))
    graph.add((dataset, DCTERMS.accessRights, PUBLIC))
    graph.add((dataset, DCAT.theme, GOVERNMENT))
    graph.add((dataset, DCAT.landingPage, URIRef(data_url())))
    for word in (*KEYWORDS, resource.title.lower()):
        graph.add((dataset, DCAT.keyword, Literal(word, lang="es")))
    for name in FORMATS:
        graph.add((dataset, DCAT.distribution, _add_distribution(graph, resource, name, service)))
    return dataset


def _add_distribution(graph: Graph, resource: Resource, name: str, service: URIRef) -> URIRef:
    address = distribution_url(resource, name)
    node = URIRef(address)
    media_type, file_type = FILE_TYPES[name]
    graph.add((node, RDF.type, DCAT.Distribution))
    graph.add((node, DCTERMS.title, Literal(f"{resource.title} ({file_type})", lang="es")))
    graph.add((node, DCAT.accessURL, URIRef(address)))
    graph.add((node, DCAT.accessService, service))
    graph.add((node, DCTERMS.license, URIRef(licence.AUTHORITY)))
    graph.add((node, DCAT.mediaType, URIRef(f"{MEDIA}{media_type}")))
    graph.add((node, DCTERMS.format, URIRef(f"{AUTHORITY}/file-type/{file_type}")))
    dictionary = f"{absolute_url(reverse('opendata_pages:dictionary'))}#{resource.slug}"
    graph.add((node, FOAF.page, URIRef(dictionary)))
    return node


def distribution_url(resource: Resource, name: str) -> str:
    """Return the full address of a list in a format."""
    return f"{list_url(resource)}?formato={name}"


def describe_data_catalogue(portal: str) -> dict[str, Any]:
    """Return the catalogue as JSON-LD of schema.org, for search engines of data sets."""
    publisher = {"@type": "GovernmentOrganization", "name": portal, "url": absolute_url("/")}
    datasets = [
        {
            "@type": "Dataset",
            "@id": f"{data_url()}#{resource.slug}",
            "name": f"{resource.title}: {portal}",
            "description": f"{resource.description} {ABOUT}",
            "url": f"{data_url()}#{resource.slug}",
            "license": licence.URL,
            "inLanguage": "es",
            "isAccessibleForFree": True,
            "creator": publisher,
            "keywords": list(KEYWORDS),
            "distribution": [
                {
                    "@type": "DataDownload",
                    "encodingFormat": FILE_TYPES[name][0],
                    "contentUrl": distribution_url(resource, name),
                }
                for name in FORMATS
            ],
        }
        for resource in RESOURCES.values()
    ]
    return {
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "name": f"{CATALOGUE}: {portal}",
        "url": data_url(),
        "license": licence.URL,
        "publisher": publisher,
        "dataset": datasets,
    }
