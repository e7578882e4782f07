"""Statements as nanopublications: what is claimed, on what it rests, who publishes it, under a trusty URI.

They hold only what a statement says, so that the same statement has the same address wherever it is
published. When a version was approved, and by whom, is in the record beside them.
"""

from collections.abc import Iterator
from typing import Final

from django.conf import settings
from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, RDFS, XSD

from wiki.domain.evidence import DOUBTED, Stance
from wiki.domain.kinds import KINDS
from wiki.domain.statement_fields import VALUE_FIELDS
from wiki.importing.dump.trusty_uris import UNKNOWN, Quad, code_of
from wiki.models import Statement
from wiki.text.sources.identifiers import BadIdentifier, parse

NP: Final = "http://www.nanopub.org/nschema#"
BIOLINK: Final = "https://w3id.org/biolink/vocab/"
LICENCE: Final = "https://creativecommons.org/licenses/by-sa/4.0/"
_PREFIXES: Final = {
    "np": NP,
    "biolink": BIOLINK,
    "dct": str(DCTERMS),
    "prov": str(PROV),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "xsd": str(XSD),
    "schema": "https://schema.org/",
}
_PARTS: Final = ("Head", "assertion", "provenance", "pubinfo")


def quads_of(one: Statement, keys: list[str], code: str = UNKNOWN) -> list[Quad]:
    """Return a statement as quads; `keys` are the citation keys of its sources."""
    this = URIRef(f"{settings.SITE_URL}/np/{code}")
    head, assertion, provenance, info = (URIRef(f"{this}#{part}") for part in _PARTS)
    quads: list[Quad] = [
        (head, this, RDF.type, URIRef(f"{NP}Nanopublication")),
        (head, this, URIRef(f"{NP}hasAssertion"), assertion),
        (head, this, URIRef(f"{NP}hasProvenance"), provenance),
        (head, this, URIRef(f"{NP}hasPublicationInfo"), info),
        *((assertion, *triple) for triple in _assertion(one, URIRef(f"{this}#association"))),
        *((provenance, assertion, PROV.wasDerivedFrom, _work(key)) for key in keys),
        (provenance, assertion, PROV.wasAttributedTo, URIRef(f"{settings.SITE_URL}/")),
        (info, this, DCTERMS.creator, URIRef(f"{settings.SITE_URL}/")),
        (info, this, DCTERMS.license, URIRef(LICENCE)),
        (info, this, DCTERMS.isPartOf, _page(one.subject_slug)),  # type: ignore[attr-defined]  # annotated
    ]
    return quads


def address_of(one: Statement, keys: list[str]) -> str:
    """Return the trusty URI of a statement."""
    return f"{settings.SITE_URL}/np/{code_of(quads_of(one, keys))}"


def trig_of(one: Statement, keys: list[str]) -> str:
    """Return a statement as TriG, without the prefixes."""
    quads = quads_of(one, keys, code_of(quads_of(one, keys)))
    graphs = dict.fromkeys(quad[0] for quad in quads)
    return "\n".join(_graph(graph, [quad for quad in quads if quad[0] == graph]) for graph in graphs)


def prefixes() -> str:
    """Return the prefixes that `trig_of` uses."""
    own = {"wiki": f"{settings.SITE_URL}/wiki/", "term": _term("")}
    lines = (f"@prefix {name}: <{space}> ." for name, space in {**_PREFIXES, **own}.items())
    return "\n".join(lines) + "\n"


type _Triple = tuple[URIRef, URIRef, URIRef | Literal]


def _assertion(one: Statement, node: URIRef) -> Iterator[_Triple]:
    """Yield the triples of the assertion; the plain triple only where the evidence supports it."""
    predicate = _predicate(one)
    pages = []
    for end in ("subject", "object"):
        slug, title, kind = (getattr(one, f"{end}_{part}") for part in ("slug", "title", "kind"))
        pages.append(_page(slug))
        yield pages[-1], RDFS.label, Literal(title)
        yield pages[-1], RDF.type, URIRef(f"https://schema.org/{KINDS[kind].schema_org}")
    yield node, RDF.type, URIRef(f"{BIOLINK}Association")
    yield node, RDF.subject, pages[0]
    yield node, RDF.predicate, predicate
    yield node, RDF.object, pages[1]
    yield node, URIRef(_term("relation")), Literal(one.relation)
    if one.stance == Stance.ASSERTED:
        yield pages[0], predicate, pages[1]
    if one.stance in DOUBTED:
        yield node, URIRef(f"{BIOLINK}negated"), Literal("true", datatype=XSD.boolean)
    for field in VALUE_FIELDS:
        if value := getattr(one, field.name):
            yield node, URIRef(_term(field.name)), Literal(value)


def _predicate(one: Statement) -> URIRef:
    """Return the relation in the Biolink model, or what follows from it there; else our own."""
    found = one.type.ids.get("biolink") or one.type.broader_ids.get("biolink")
    return URIRef(f"{BIOLINK}{found.removeprefix('biolink:')}" if found else _term(one.relation))


def _term(name: str) -> str:
    """Return the address of a term of our own; the help tells what it means."""
    return f"{settings.SITE_URL}/help/building/#{name}"


def _page(slug: str) -> URIRef:
    return URIRef(f"{settings.SITE_URL}/wiki/{slug}/")


def _work(key: str) -> URIRef:
    """Return the address of a source: its own, or a name made of the citation key."""
    try:
        place = parse(key).address
    except BadIdentifier:
        place = ""
    return URIRef(place or f"urn:source:{key.replace(' ', '%20')}")


def _graph(graph: URIRef, quads: list[Quad]) -> str:
    lines = (f"  {' '.join(_written(term) for term in quad[1:])} .\n" for quad in quads)
    return f"{graph.n3()} {{\n{''.join(lines)}}}\n"


def _written(term: URIRef | Literal) -> str:
    """Return a term as TriG has it, an address with a prefix where its name needs no escape."""
    if not isinstance(term, Literal):
        for name, space in _PREFIXES.items():
            rest = str(term).removeprefix(space)
            if rest != str(term) and rest.isidentifier():
                return f"{name}:{rest}"
    return str(term.n3())
