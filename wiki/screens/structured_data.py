"""A published page as schema.org data (JSON-LD): its subject with codes, its statements, its sources."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.utils import timezone

from wiki.addresses import address_of
from wiki.domain.codes import CODE_SYSTEMS, CodeMatch
from wiki.domain.evidence import Stance
from wiki.domain.kinds import KINDS
from wiki.domain.schema_org import Property, is_medical_entity, property_of
from wiki.domain.statement_fields import CHOICE_FIELDS, DETAIL_FIELDS, TEXT_FIELDS
from wiki.domain.statement_values.effects import read_effect
from wiki.domain.statement_values.lines import BadValue, Interval
from wiki.domain.statement_values.shares import share_in
from wiki.models.statements import Statement
from wiki.models.users import NamedPerson

if TYPE_CHECKING:
    from wiki.screens.published_page import NumberedReference, PublishedPageContent, StatementLine

type Node = dict[str, Any]

LICENCE: Final = "https://creativecommons.org/licenses/by-sa/4.0/"
_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
_HPO: Final = "https://hpo.jax.org/"
_MATCHES: Final = dict(CodeMatch.choices)
_PERCENT: Final = "P1"  # the code of UN/CEFACT for per cent
_WORKS: Final = {
    "article-journal": "ScholarlyArticle",
    "paper-conference": "ScholarlyArticle",
    "article": "Article",
    "article-magazine": "Article",
    "article-newspaper": "NewsArticle",
    "book": "Book",
    "chapter": "Chapter",
    "dataset": "Dataset",
    "report": "Report",
    "thesis": "Thesis",
    "webpage": "WebPage",
}


def structured(sheet: "PublishedPageContent") -> Node:
    """Return a page as schema.org data, with its review line.

    `lastReviewed` and `reviewedBy` are there only where somebody reviewed the whole page.
    """
    page, standing = sheet.published_page, sheet.published_page.standing
    # Who changed what was loaded is not its author.
    writers = "contributor" if page.loaded_at else "author"
    data: Node = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "url": address(page.slug),
        "name": page.title,
        "description": page.lead,
        "inLanguage": "en-GB",
        "license": LICENCE,
        "version": str(page.number),
        "creditText": standing.sentence,
        "about": _subject(sheet),
        writers: [{"@type": "Person", "name": one["name"]} for one in page.authors],
        "dateModified": timezone.localdate(page.publication.since).isoformat(),
        "hasPart": list(_claims(sheet)),
        "citation": [_work(sheet, one) for one in sheet.references],
    }
    if whole := standing.whole:
        data["lastReviewed"] = whole.on.isoformat()
        people = [_person(one) for one in whole.by]
        data["reviewedBy"] = people[0] if len(people) == 1 else people
    return {name: value for name, value in data.items() if value or name == "description"}


def address(slug: str) -> str:
    """Return the whole address of a page."""
    return f"{settings.SITE_URL}{address_of('page', slug)}"


def _subject(sheet: "PublishedPageContent") -> Node:
    """Return what the page is about, with codes and with what schema.org has a property for."""
    page = sheet.published_page
    found: Node = {
        "@type": KINDS[page.kind].schema_org,
        "name": page.title,
        "alternateName": page.aliases,
        **_codes(page.codes, page.kind),
    }
    for line in (line for group in sheet.groups for line in group.lines):
        one = line.statement
        is_subject = one.subject_id == page.page_id
        tells = property_of(one.relation, page.kind, line.kind, is_subject=is_subject)
        # What is doubted, or being checked again, would read as a fact without the claim around it.
        if tells and one.stance == Stance.ASSERTED and not one.premise_changed_at:
            value, others = _value(tells, line), found.setdefault(tells.name, [])
            others.extend([value] if value not in others else [])
    return {name: value for name, value in found.items() if value}


def _value(tells: Property, line: "StatementLine") -> Node | str:
    if tells.is_text:
        return line.title
    end = _end(line.title, line.slug, line.kind)
    if tells.role and tells.role != end["@type"]:
        end["@type"] = [end["@type"], tells.role]
    return {"@type": tells.wraps[0], tells.wraps[1]: end} if tells.wraps else end


def _end(title: str, slug: str, kind: str) -> Node:
    """Return the page at an end of a statement."""
    return {"@type": KINDS[kind].schema_org, "name": title, "url": address(slug)}


def _codes(codes: Iterable[dict[str, str]], kind: str) -> Node:
    """Return codes as schema.org has them; the terms as SKOS has them, exact ones as `sameAs` too."""
    codes = list(codes)
    found: Node = {}
    if codes and is_medical_entity(kind):
        found["code"] = list(map(_medical_code, codes))
    elif codes:
        exact = [one for one in codes if one["match"] == CodeMatch.EXACT]
        found["identifier"] = [
            {"@type": "PropertyValue", "propertyID": one["system"], "value": one["code"]} for one in exact
        ]
    for match in CodeMatch:
        mine = (one for one in codes if one["match"] == match and one["system"] in CODE_SYSTEMS)
        terms = [place for one in mine if (place := CODE_SYSTEMS[one["system"]].address_of(one["code"]))]
        if terms:
            found[f"{_SKOS}{match.skos}"] = [{"@id": one} for one in terms]
        if terms and match == CodeMatch.EXACT:
            found["sameAs"] = terms
    return found


def _medical_code(one: dict[str, str]) -> Node:
    """Return a code; of one that is wider or narrower than the page, it says so."""
    found: Node = {"@type": "MedicalCode", "codingSystem": one["system"], "codeValue": one["code"]}
    match = one["match"]
    return found | ({"description": _MATCHES.get(match, match)} if match != CodeMatch.EXACT else {})


def _claims(sheet: "PublishedPageContent") -> Iterator[Node]:
    """Yield the statements that are written on this page; those of other pages are parts of those."""
    page = sheet.published_page
    for line in (line for group in sheet.groups for line in group.lines):
        if line.statement.subject_id == page.page_id:
            yield _claim(sheet, line)


def _claim(sheet: "PublishedPageContent", line: "StatementLine") -> Node:
    page, one = sheet.published_page, line.statement
    # Whoever takes the name alone is told what the evidence says of it, too.
    said = "" if one.stance == Stance.ASSERTED else f" ({Stance(one.stance).label.lower()})"
    here, there = _end(page.title, page.slug, page.kind), _end(line.title, line.slug, line.kind)
    notes = [text for field in TEXT_FIELDS if not field.is_detail and (text := getattr(one, field.name))]
    found: Node = {
        "@type": "Claim",
        "name": f"{page.title} {one.type.label} {line.title}{said}",
        "text": " ".join(notes),
        "about": [here, there, *_observations(one), *_population(one, alone=True)],
        "keywords": list(_terms(one)),
        "creativeWorkStatus": "Premise changed: being checked again" if one.premise_changed_at else "",
        "citation": [{"@id": _reference(page.slug, number)} for _, number in line.citations],
    }
    return {name: value for name, value in found.items() if value}


def _terms(one: Statement) -> Iterator[Node]:
    """Yield what is chosen from a list: what the evidence says, how surely, on what basis, and the like."""
    for field in CHOICE_FIELDS:
        value = getattr(one, field.name)
        if not value or (not one.type.graded and value in field.hidden_for_definitions):
            continue
        term = {
            "@type": "DefinedTerm",
            "name": field.in_words(value),
            "description": field.lead or field.label,
        }
        yield term | {"termCode": value} | ({"inDefinedTermSet": _HPO} if value.startswith("HP:") else {})


def _population(one: Statement, *, alone: bool) -> list[Node]:
    """Return of whom a statement is true; `alone` where no figure of it says so already."""
    if not one.population or (alone and any(getattr(one, name) for name in _FIGURES)):
        return []
    return [{"@type": "StatisticalPopulation", "name": one.population}]


def _observations(one: Statement) -> Iterator[Node]:
    """Yield the figures of a statement: how often, how much, in how many with the gene change."""
    leads = {field.name: field.lead for field in DETAIL_FIELDS}
    for name, numbers in _FIGURES.items():
        if words := getattr(one, name):
            found = {"@type": "Observation", "name": leads[name], "description": words, **numbers(words)}
            whom = _population(one, alone=False)
            yield found | ({"observationAbout": whom[0]} if whom else {})


def _share(words: str) -> Node:
    """Return the numbers of a share; none where it was corrected into other words."""
    share = share_in(words)
    if share is None:
        return {}
    found: Node = {"unitCode": _PERCENT}
    if share.low == share.high:
        found["value"] = _number(share.low)
    else:
        found |= {"minValue": _number(share.low), "maxValue": _number(share.high)}
    found |= _interval(share.interval, _PERCENT)
    if share.hp_class:
        term = {"@type": "DefinedTerm", "termCode": share.hp_class.hp_id, "inDefinedTermSet": _HPO}
        found["valueReference"] = term | {"name": share.hp_class.names[0]}
    elif share.total is not None:
        counted = (("with it", share.count), ("looked at", share.total))
        found["valueReference"] = [
            {"@type": "PropertyValue", "name": name, "value": number} for name, number in counted
        ]
    return found


def _effect(words: str) -> Node:
    try:
        effect = read_effect(words)
    except BadValue:
        return {}
    measure = f"adjusted {effect.measure.label}" if effect.is_adjusted else effect.measure.label
    unit = {"unitCode": _PERCENT} if effect.unit == "%" else {"unitText": effect.unit} if effect.unit else {}
    kept = {"variableMeasured": measure, "value": _number(effect.value)}
    return kept | unit | _interval(effect.interval, unit.get("unitCode", ""))


_FIGURES: Final = {"frequency": _share, "effect": _effect, "penetrance": _share}


def _interval(interval: Interval | None, unit: str) -> Node:
    if interval is None:
        return {}
    found: Node = {"@type": "QuantitativeValue", "name": f"{interval.level}% confidence interval"}
    found |= {"minValue": _number(interval.low), "maxValue": _number(interval.high)}
    return {"marginOfError": found | ({"unitCode": unit} if unit else {})}


def _number(value: Decimal) -> float | int:
    """Return a number of JSON: a share of a count to four places."""
    number = float(round(value, 4))
    return int(number) if number.is_integer() else number


def _work(sheet: "PublishedPageContent", reference: "NumberedReference") -> Node:
    """Return a source with its number on the page, and what journals said of it later."""
    source, keys = reference.source, reference.source.keys  # type: ignore[attr-defined]  # annotated
    found: Node = {
        "@id": _reference(sheet.published_page.slug, reference.number),
        "@type": _WORKS.get(str(source.csl.get("type", "")), "CreativeWork"),
        "name": source.title or source.text,
        "identifier": keys,
        "sameAs": [one.address for one in reference.identifiers],
        "datePublished": str(source.year or ""),
        "creativeWorkStatus": list(source.natures),
    }
    return {name: value for name, value in found.items() if value}


def _reference(slug: str, number: int) -> str:
    return f"{address(slug)}#ref-{number}"


def _person(one: NamedPerson) -> Node:
    said = {"@type": "Person", "name": one.name, "jobTitle": one.profession}
    return {name: value for name, value in said.items() if value}
