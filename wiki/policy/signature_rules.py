"""The signature rules: who must sign which change, in one table.

Every rule looks at one thing, says why it matters in words that reviewers read, how much harm a wrong
approval could do, and who must sign. Where several apply, `quorum` asks for no more people than it takes.

They fail closed: what is not shown to be harmless, and no other rule knows, is for a clinician to read.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from wiki.domain.house_rules import HOUSE_RULES, HouseRules, refuse, refuse_unknown
from wiki.domain.kinds import GENE, INFECTION, KindOrTrait, Trait, is_one_of
from wiki.domain.professions import Impact, Risk
from wiki.domain.relations import RELATIONS, TREATMENT_RELATIONS
from wiki.policy.document_change import Change
from wiki.policy.needs import CLINICIAN, GENETICIST, MODERATOR, TREATING, TREATING_INFECTIONS, Need
from wiki.text.document import Row
from wiki.text.language.facts import FactKind


@dataclass(frozen=True)
class SignatureRule:
    """One thing to look at. It applies when any of what it names has changed.

    `relations` and `ends` name statements: one counts when it has one of the relations and a page of one of
    the kinds at either end; what is left empty asks nothing.
    `parts` names what `Change.parts` found, `pages` kinds of page on which anything counts. Where one of
    `unless` applies, which says the same more closely, the rule is not told.
    """

    id: str
    why: str
    risk: Risk
    needs: tuple[Need, ...]
    relations: frozenset[str] = frozenset()
    ends: frozenset[KindOrTrait] = frozenset()
    parts: frozenset[str] = frozenset()
    pages: frozenset[KindOrTrait] = frozenset()
    superseded_by: frozenset[str] = frozenset()

    def applies(self, change: Change) -> bool:
        """Return whether the change touches what this rule looks at."""
        if self.parts & change.parts or any(is_one_of(kind, self.pages) for kind in change.own_kinds):
            return True
        return any(self._counts(row, change) for row in change.rows if row.relation in self.relations)

    def _counts(self, row: Row, change: Change) -> bool:
        kinds = {change.known.kinds.get(row.object, ""), *change.own_kinds}
        return not self.ends or any(is_one_of(kind, self.ends) for kind in kinds)


# Definitions and cross-references do not say what to take.
_OF_EVIDENCE: Final = frozenset(one.id for one in RELATIONS.values() if one.graded)

_TREATED: Final = (TREATING, MODERATOR)


def _part(*names: str) -> frozenset[str]:
    return frozenset(names)


def _fact(name: str, why: str, risk: Risk, needs: tuple[Need, ...], *kinds: FactKind) -> SignatureRule:
    """Return the rule about facts of some kinds."""
    return SignatureRule(name, why, risk, needs, parts=frozenset(f"fact {kind}" for kind in kinds))


_RULES: Final = (
    SignatureRule("dose", "a dose changes, or words beside it", Risk.HIGH, _TREATED, parts=_part("dose")),
    SignatureRule(
        "infection_treatment",
        "a statement on treating, preventing or monitoring an infection changes",
        Risk.HIGH,
        (TREATING_INFECTIONS, MODERATOR),
        relations=TREATMENT_RELATIONS,
        ends=frozenset({INFECTION}),
    ),
    SignatureRule(
        "treatment",
        "a statement on treatment, prevention, harm or monitoring changes",
        Risk.HIGH,
        _TREATED,
        relations=TREATMENT_RELATIONS,
        superseded_by=frozenset({"infection_treatment"}),
    ),
    SignatureRule(
        "remedy",
        "a statement about a drug or treatment changes",
        Risk.HIGH,
        _TREATED,
        relations=_OF_EVIDENCE,
        ends=frozenset({Trait.REMEDY}),
        superseded_by=frozenset({"infection_treatment", "treatment"}),
    ),
    SignatureRule(
        "remedy_page",
        "the page of a drug or treatment changes",
        Risk.HIGH,
        _TREATED,
        pages=frozenset({Trait.REMEDY}),
    ),
    SignatureRule(
        "treatment_text",
        "what is said of a treatment changes",
        Risk.HIGH,
        _TREATED,
        parts=_part("treatment"),
        superseded_by=frozenset({"remedy_page"}),
    ),
    SignatureRule(
        "no_plain_fact",
        "a sentence changes that may speak of care: it is not shown to be a plain fact",
        Risk.HIGH,
        _TREATED,
        parts=_part("no plain fact"),
        superseded_by=frozenset({"remedy_page", "treatment_text"}),
    ),
    SignatureRule(
        "danger",
        "how dangerous something is, or what is said of a sign of an emergency, changes",
        Risk.HIGH,
        _TREATED,
        parts=_part("danger"),
    ),
    SignatureRule(
        "new_name",
        "the page gets a name that it never had: people who look for that name are led here",
        Risk.HIGH,
        _TREATED,
        parts=_part("new name"),
        superseded_by=frozenset({"remedy_page"}),
    ),
    _fact("drug", "the name of a drug or treatment comes or goes", Risk.HIGH, _TREATED, FactKind.DRUG),
    _fact(
        "unknown_name",
        "a word comes or goes that no dictionary here knows and that may name a drug",
        Risk.HIGH,
        _TREATED,
        FactKind.UNKNOWN_NAME,
    ),
    _fact(
        "contraindication",
        "who should not take, or should avoid, something changes",
        Risk.HIGH,
        _TREATED,
        FactKind.CONTRAINDICATION,
    ),
    _fact("interaction", "what goes together with what changes", Risk.HIGH, _TREATED, FactKind.INTERACTION),
    _fact("route", "a way of giving something changes", Risk.HIGH, _TREATED, FactKind.ROUTE),
    _fact(
        "pregnancy",
        "what is said of pregnancy or breastfeeding changes",
        Risk.HIGH,
        _TREATED,
        FactKind.PREGNANCY,
    ),
    SignatureRule("urgent", "an urgent warning changes", Risk.HIGH, _TREATED, parts=_part("urgent")),
    _fact(
        "advice",
        "what people should do, stop or need not do changes",
        Risk.HIGH,
        (CLINICIAN, MODERATOR),
        FactKind.ADVICE,
    ),
    SignatureRule(
        "patient_picture",
        "a picture of a patient comes or goes",
        Risk.HIGH,
        (CLINICIAN, MODERATOR),
        parts=_part("patient picture"),
    ),
    SignatureRule(
        "gene_statement",
        "a statement about a gene changes",
        Risk.MEDIUM,
        (GENETICIST, MODERATOR),
        relations=_OF_EVIDENCE,
        ends=frozenset({GENE}),
    ),
    SignatureRule(
        "gene_page",
        "the page of a gene changes",
        Risk.MEDIUM,
        (GENETICIST, MODERATOR),
        pages=frozenset({GENE}),
        superseded_by=frozenset({"gene_statement"}),
    ),
    _fact(
        "inheritance",
        "what is said of genes or inheritance changes",
        Risk.MEDIUM,
        (GENETICIST, MODERATOR),
        FactKind.INHERITANCE,
    ),
    _fact(
        "negation",
        "a “not”, “no”, “never” or “without” comes or goes",
        Risk.MEDIUM,
        (CLINICIAN,),
        FactKind.NEGATION,
    ),
    _fact("population", "whom it is about changes", Risk.MEDIUM, (CLINICIAN,), FactKind.POPULATION),
    _fact(
        "figures",
        "a number, share, measurement or time changes",
        Risk.MEDIUM,
        (CLINICIAN,),
        FactKind.FREQUENCY,
        FactKind.QUANTITY,
        FactKind.PERCENTAGE,
        FactKind.NUMBER,
    ),
    _fact(
        "degree",
        "how sure, how serious, how much or which way changes",
        Risk.MEDIUM,
        (CLINICIAN,),
        FactKind.CERTAINTY,
        FactKind.DIRECTION,
    ),
    SignatureRule("picture", "a picture comes or goes", Risk.MEDIUM, (CLINICIAN,), parts=_part("picture")),
    SignatureRule(
        "outside_link",
        "a link out of this wiki comes or goes",
        Risk.MEDIUM,
        (CLINICIAN,),
        parts=_part("outside link"),
    ),
    SignatureRule(
        "link_target",
        "a link leads elsewhere, or is gone",
        Risk.MEDIUM,
        (CLINICIAN,),
        parts=_part("link target"),
    ),
    SignatureRule(
        "source",
        "a source is replaced, moved or gone",
        Risk.MEDIUM,
        (CLINICIAN,),
        parts=_part("source"),
    ),
    SignatureRule(
        "retirement",
        "the page is retired or comes back",
        Risk.MEDIUM,
        (CLINICIAN, MODERATOR),
        parts=_part("retirement"),
    ),
    SignatureRule(
        "kind", "the kind of the page changes", Risk.MEDIUM, (CLINICIAN, MODERATOR), parts=_part("kind")
    ),
    SignatureRule("new_page", "all of the page is new", Risk.MEDIUM, (CLINICIAN,), parts=_part("new")),
    SignatureRule(
        "statement",
        "a statement changes",
        Risk.MEDIUM,
        (CLINICIAN,),
        relations=frozenset(RELATIONS),
        superseded_by=frozenset({"infection_treatment", "treatment", "remedy", "gene_statement", "new_page"}),
    ),
    SignatureRule(
        "naming",
        "a title, name or code changes",
        Risk.MEDIUM,
        (CLINICIAN,),
        parts=_part("title", "aliases", "codes"),
    ),
    SignatureRule(
        "said_safety",
        "its author says that it is about safety",
        Risk.HIGH,
        (CLINICIAN, MODERATOR),
        parts=_part(f"said {Impact.SAFETY}"),
    ),
    SignatureRule(
        "said_action",
        "its author says that readers would do something else",
        Risk.MEDIUM,
        (CLINICIAN, MODERATOR),
        parts=_part(f"said {Impact.ACTION}"),
    ),
    SignatureRule(
        "unrecognised",
        "nothing dangerous was recognised; read it with that in mind",
        Risk.MEDIUM,
        (CLINICIAN,),
        parts=_part("unrecognised"),
    ),
)
# Rules for changes that are shown to be harmless. On pages of drugs and treatments a specialist signs too.
_TRIFLES: Final = (
    SignatureRule(
        "trifle_of_remedy",
        "only spelling, punctuation or form changes, or a link or citation is added, on the page of a "
        "drug or treatment",
        Risk.LOW,
        (TREATING,),
        pages=frozenset({Trait.REMEDY}),
    ),
    SignatureRule(
        "trifle",
        "only spelling, punctuation or form changes, or a link or citation is added",
        Risk.LOW,
        (MODERATOR,),
        pages=frozenset({Trait.ANY}),
        superseded_by=frozenset({"trifle_of_remedy"}),
    ),
)
# Who can be asked to sign as well by house rules.
_SIGNERS: Final = {
    "moderator": MODERATOR,
    "clinician": CLINICIAN,
    "geneticist": GENETICIST,
    "treating": TREATING,
}


def stricter(rule: SignatureRule, house: HouseRules) -> SignatureRule:
    """Return a rule with the signatures that house rules ask for as well."""
    asked = house.also_signing.get(rule.id, ())
    refuse_unknown("signer", asked, _SIGNERS)
    more = [_SIGNERS[one] for one in asked]
    if len({*rule.needs, *more}) < len(rule.needs) + len(more):
        raise refuse(f"the rule {rule.id} asks for one of {', '.join(asked)} already.")
    return replace(rule, needs=(*rule.needs, *more))


refuse_unknown("rule", HOUSE_RULES.also_signing, [one.id for one in (*_RULES, *_TRIFLES)])
RULES: Final = tuple(stricter(one, HOUSE_RULES) for one in _RULES)
TRIFLES: Final = tuple(stricter(one, HOUSE_RULES) for one in _TRIFLES)
UNRECOGNISED: Final = RULES[-1]
ALL_RULES: Final = (*RULES, *TRIFLES)
BY_ID: Final = {rule.id: rule for rule in ALL_RULES}
WHY: Final = {rule.id: rule.why for rule in ALL_RULES}


def touched(change: Change) -> Sequence[SignatureRule]:
    """Return the rules that a change falls under, in their order; always at least one."""
    among = TRIFLES if change.is_trifle else RULES
    found = [rule for rule in among if rule.applies(change)]
    if len(found) > 1:
        # A rule is left out where a more specific rule applies.
        found = [rule for rule in found if rule is not UNRECOGNISED]
    ids = {rule.id for rule in found}
    return [rule for rule in found if not rule.superseded_by & ids] or [UNRECOGNISED]
