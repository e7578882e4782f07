"""The three-way merge of names and of codes by what they mean, not by how they are spelled."""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from wiki.domain.codes import CODE_SYSTEMS
from wiki.text.document import Code
from wiki.text.slugs import name_key


@dataclass(frozen=True)
class Dispute[Item]:
    """One name or code of which the two sides say different things; each version has what it says of it."""

    base: tuple[Item, ...]
    ours: tuple[Item, ...]
    theirs: tuple[Item, ...]

    @property
    def example(self) -> Item:
        """Return one of its spellings, that of the base if it has one."""
        return (*self.base, *self.ours, *self.theirs)[0]


# Returns what stands of one name or code, given what the base, we and they say of it; None for a person.
type Settle[Item] = Callable[[tuple[Item, ...], tuple[Item, ...], tuple[Item, ...]], Collection[Item] | None]


def merged_names(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[str | Dispute[str]]:
    """Return the names of both sides; of one that both spell differently, the spelling of theirs."""
    return list(_merged(base, ours, theirs, name_key, _one_spelling))


def merged_codes(
    base: Sequence[Code], ours: Sequence[Code], theirs: Sequence[Code]
) -> list[Code | Dispute[Code]]:
    """Return the codes of both sides; one that they match to the subject differently is a dispute."""
    return list(_merged(base, ours, theirs, code_key, _one_match))


def code_key(code: Code) -> tuple[str, str]:
    """Return what all spellings of one code share, however it matches the subject."""
    system = CODE_SYSTEMS.get(code.system)
    return code.system, system.usual_form(code.code) if system else code.code


def without_title(names: Iterable[str], title: str, *, kept: Collection[str]) -> tuple[str, ...]:
    """Return the names that are not the title in another spelling, and those of `kept`."""
    own = name_key(title)
    return tuple(name for name in names if name in kept or name_key(name) != own)


def _merged[Item: Hashable](
    base: Sequence[Item],
    ours: Sequence[Item],
    theirs: Sequence[Item],
    key: Callable[[Item], Hashable],
    settle: Settle[Item],
) -> Iterator[Item | Dispute[Item]]:
    if tuple(ours) == tuple(base) or tuple(theirs) == tuple(base):
        yield from theirs if tuple(ours) == tuple(base) else ours
        return
    was, our, their = (_grouped(side, key) for side in (base, ours, theirs))
    asked: set[Hashable] = set()
    for item in woven(ours, theirs):
        one = key(item)
        versions = was.get(one, ()), our.get(one, ()), their.get(one, ())
        kept = _kept(*versions, settle)
        if kept is None and one not in asked:
            asked.add(one)
            yield Dispute(*versions)
        elif kept is not None and item in kept:
            yield item


def _grouped[Item](
    items: Iterable[Item], key: Callable[[Item], Hashable]
) -> dict[Hashable, tuple[Item, ...]]:
    found: dict[Hashable, tuple[Item, ...]] = {}
    for item in items:
        found[key(item)] = (*found.get(key(item), ()), item)
    return found


def _kept[Item](
    was: tuple[Item, ...], our: tuple[Item, ...], their: tuple[Item, ...], settle: Settle[Item]
) -> Collection[Item] | None:
    """Return what stands of one name or code: the change of the side that made one, or as `settle` says."""
    if set(our) in (set(was), set(their)):
        return their
    if set(their) == set(was):
        return our
    return settle(was, our, their) if our and their else None


def _one_spelling(
    was: tuple[str, ...], our: tuple[str, ...], their: tuple[str, ...]
) -> tuple[str, ...] | None:
    """Return the spellings that neither removed; of those that each added alone, theirs."""
    old, mine, others = set(was), set(our), set(their)
    added = mine - old - others
    if added and others - old - mine:
        mine -= added
    kept = (mine & others) | (mine - old) | (others - old)
    return tuple(kept) or None


def _one_match(
    was: tuple[Code, ...], our: tuple[Code, ...], their: tuple[Code, ...]
) -> tuple[Code, ...] | None:
    """Return theirs where only the spelling differs; how a code matches the subject is for a person."""
    return their if {one.match for one in our} == {one.match for one in their} else None


def woven[Item: Hashable](first: Iterable[Item], second: Iterable[Item]) -> list[Item]:
    """Return the items of both, each once: all of `first`, others after what they follow in `second`."""
    known = set(first := list(first))
    following: dict[Item | None, list[Item]] = {}
    before: Item | None = None
    for item in second:
        if item in known:
            before = item
        else:
            known.add(item)
            following.setdefault(before, []).append(item)
    weave = list(following.get(None, ()))
    for item in first:
        weave += [item, *following.get(item, ())]
    return weave
