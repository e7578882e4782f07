"""For each field of a statement and of a document: other values, and the words that readers see of them."""

from collections.abc import Mapping
from dataclasses import MISSING, fields, replace
from typing import Any

from wiki.domain.codes import match_in_words
from wiki.domain.document_fields import DOCUMENT_FIELDS
from wiki.domain.kinds import label_of
from wiki.domain.relations import RELATIONS
from wiki.domain.statement_fields import STATEMENT_FIELDS, ValueType
from wiki.text.document import Code, Document, Retirement, Row

OF_A_STATEMENT = tuple(one.name for one in fields(Row))
OF_A_DOCUMENT = tuple(one.name for one in fields(Document))
STATEMENT_SPECS = {one.name: one for one in STATEMENT_FIELDS}
DOCUMENT_SPECS = {one.name: one for one in DOCUMENT_FIELDS}
KEYS = ("relation", "object", "population")
# Of a text that is a value written in one line: two other values in the form in which they are stored.
VALUES = {
    "population": ("children under 2 years", "women with epilepsy"),
    "frequency": ("3 of 14", "25.4% (95% CI 20–31%)"),
    "effect": ("odds ratio 0.9 (95% CI 0.7–1.2)", "hazard ratio 1.43 per year"),
    "penetrance": ("28 of 38 (74%)", "over 85%"),
    "check_by": ("1 March 2027", "31 December 2027"),
}

# Page ids, until there are pages.
OTHER, ANOTHER = 2, 3
SOURCES = ("pmid:22327515", "pmid:33788935", "pmid:20301300")
# Relations to a condition: the first for all, the second for an infection, the third for a drug.
RELATION_IDS = ("risk_factor_for", "has_complication", "associated_with")

ROW = Row("causes", OTHER, "asserted", "low", "cohort", "Note at first.", SOURCES[:1])
DOCUMENT = Document(
    "Title at first",
    "condition",
    "Summary at first.",
    ("Alias at first",),
    (Code("OMIM", "100001"),),
    "Body at first.\n",
)


def changed_value(of: Row | Document, name: str, number: int = 1) -> Any:
    """Return another value for a field, by its type; `number` 2 is another one again."""
    value, spec = getattr(of, name), STATEMENT_SPECS.get(name)
    if isinstance(of, Row) and spec and spec.choices:
        return [str(one) for one in spec.offered or spec.choices if one != value][number - 1]
    if isinstance(of, Row) and spec and spec.value_type is ValueType.RELATION:
        return RELATION_IDS[number]
    if isinstance(of, Row) and name in VALUES:
        return VALUES[name][number - 1]
    known: dict[str, Any] = {
        "kind": ("infection", "drug")[number - 1],
        "sources": (SOURCES[number],),
        "codes": (Code("OMIM", f"20000{number}", ("broader", "narrower")[number - 1]),),
        "statements": (replace(ROW, note=f"Changed statement {number}."),),
        "retirement": Retirement(f"Changed retirement {number}."),
    }
    if name in known:
        return known[name]
    words = f"Changed {name} {number}"
    by_type: dict[type, Any] = {str: f"{words}.", int: ANOTHER, tuple: (words,)}
    return by_type[type(value)]


def changed(of: Any, name: str, number: int = 1) -> Any:
    """Return a statement or a document with another value in one field."""
    return replace(of, **{name: changed_value(of, name, number)})


def words_of(of: Row | Document, name: str, titles: Mapping[int, str]) -> list[str]:
    """Return the words in which readers are told of a field's value."""
    value, spec = getattr(of, name), STATEMENT_SPECS.get(name)
    if isinstance(of, Row) and name == "relation":
        return [RELATIONS[value].label]
    if isinstance(of, Row) and spec and spec.choices:
        return [spec.in_words(value)]
    if name == "kind":
        return [label_of(value)]
    if isinstance(value, int):
        return [titles[value]]
    if isinstance(value, Retirement):
        return [value.reason]
    if isinstance(value, tuple):
        return [
            f"{one.code}{match_in_words(one.match)}" if isinstance(one, Code) else str(one) for one in value
        ]
    return [str(value).strip()]


def holds(found: Any, wanted: Any) -> bool:
    """Return whether a value is the wanted one or has it in it."""
    if isinstance(wanted, tuple) and isinstance(found, tuple):
        return set(wanted) <= set(found)
    if isinstance(wanted, str) and isinstance(found, str):
        return wanted.strip() in found
    return bool(found == wanted)


def is_absent(door: str, of: str, name: str) -> bool:
    """Return whether the tables say why a field is rightly not at a door."""
    specs: Mapping[str, Any] = STATEMENT_SPECS if of == "statement" else DOCUMENT_SPECS
    return name in specs and door in specs[name].absent


def is_free_text(name: str) -> bool:
    """Return whether a field of a statement holds words of its author, also when no table knows it."""
    spec = STATEMENT_SPECS.get(name)
    return spec.value_type is ValueType.TEXT if spec else isinstance(getattr(ROW, name), str)


def default_of(name: str) -> Any:
    """Return the default of a field of a statement, None where there is none."""
    default = next(one.default for one in fields(Row) if one.name == name)
    return None if default is MISSING else default
