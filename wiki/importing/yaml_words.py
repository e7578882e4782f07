"""YAML in which every value is the text that stands there; what would be lost is refused with its line."""

import re
from typing import Any, ClassVar, Final

import yaml

from wiki.importing.shapes import Keys, line_of, refuse_misuse


class BadFile(Exception):
    """The file is not in the format; the message says why."""


# Both loaders are safe; the C one, where the wheel has it, is ten times as fast.
SAFE_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(SAFE_LOADER):  # type: ignore[misc]
    """Reads scalars as text: NO is nitric oxide, 2012-03 is not a date."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


# Only whole numbers are read as numbers, and an empty value or ~ as None.
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"(?:0|-?[1-9]\d*)\Z"), [*"-0123456789"])


def _mapping(loader: Any, node: Any) -> dict[Any, Any]:
    """Return a mapping; refuse a key that is given twice, of which YAML keeps the last."""
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    for place, key in enumerate(keys):
        if key in keys[:place]:
            line = node.value[place][0].start_mark.line + 1
            raise ValueError(f"{key}: it is given twice, again in line {line}")
    loader.flatten_mapping(node)
    return {
        loader.construct_object(key): loader.construct_object(value, deep=True) for key, value in node.value
    }


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"~?\Z"), ["~", ""])


def words_in(text: str, what: str, shape: Keys | None = None) -> Any:
    """Return what YAML says, its words as they are typed; raise `BadFile` where some would be lost.

    What is not in the given shape is refused likewise, with its line.
    """
    try:
        _refuse_lost_words(text, what)
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            if shape:
                refuse_misuse(node, shape, text)
            return None if node is None else loader.construct_document(node)
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        raise BadFile(_no_yaml(error, text, what)) from error
    except (ValueError, TypeError) as error:
        raise BadFile(f"{what} lacks or misuses {error}.") from error
    except RecursionError as error:
        raise BadFile(f"{what} holds lists within lists, too many to be read.") from error


# Characters that YAML does not allow.
_UNSEEN: Final = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _no_yaml(error: yaml.YAMLError, text: str, what: str) -> str:
    """Return what is no YAML, in which line, and how to mend it."""
    if isinstance(error, yaml.MarkedYAMLError) and (mark := error.problem_mark or error.context_mark):
        if "end of" in (error.problem or "") and error.context_mark:
            # What is never closed: where it begins, not where the file ends.
            mark = error.context_mark
        told = f"is not YAML in line {line_of(text, mark)}: {error.problem or error.context}"
        return f"{what} {told}. Indent with spaces, and {_IN_QUOTES} if it has signs such as : or @."
    if unseen := _UNSEEN.search(text):
        line = text.count("\n", 0, unseen.start()) + 1
        return f"{what} is not YAML: line {line} has the sign U+{ord(unseen[0]):04X}. Delete it."
    return f"{what} is not YAML: {error}"


# A comment behind a single space, such as "OMIM #213600": those that are meant stand on a line of their
# own, or behind two spaces.
_COMMENT: Final = re.compile(r"(?<=[^\s]) #.*")
# What each of these has: without any of it no token needs to be looked at.
_MAY_LOSE_WORDS: Final = re.compile(rf"{_COMMENT.pattern}|(?<![^\s,\[\]{{}}:?-])&|[|>]\d|[-,\[]\s*~")
# What comes before an item of a list, where ~ is a word that somebody typed and no empty value.
_BEFORE_ITEM: Final = (yaml.BlockEntryToken, yaml.FlowEntryToken, yaml.FlowSequenceStartToken)
_LOST: Final = re.compile(r"&|[|>]\d")
_IN_QUOTES: Final = "put the text between quotation marks"


def _refuse_lost_words(text: str, what: str) -> None:
    """Raise `BadFile` for words that YAML takes for a comment, a name, an indentation or nothing."""
    if not _MAY_LOSE_WORDS.search(text):
        return
    end, is_item = 0, False
    for token in yaml.scan(text, Loader=SAFE_LOADER):
        for lost in _COMMENT.finditer(text, max(end - 1, 0), token.start_mark.index):
            line = text.count("\n", 0, lost.start()) + 1
            raise BadFile(f"{what} would lose “{lost[0].strip()}” in line {line}; {_IN_QUOTES}.")
        end = max(end, token.end_mark.index)
        words = text[token.start_mark.index : token.end_mark.index]
        is_tilde, is_item = is_item and words == "~", isinstance(token, _BEFORE_ITEM)
        if is_tilde or _LOST.match(words):
            line = text.count("\n", 0, token.start_mark.index) + 1
            said = text[token.start_mark.index :].split("\n", 1)[0]
            raise BadFile(f"{what} would lose “{said}” in line {line}; {_IN_QUOTES}.")
