"""The protocol: the plan of a review, read from ``protocol.yml`` and checked as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from .errors import ProtocolError
from .schema import MODES, STAGES

ITEM_TYPES = ("text", "markdown", "choice", "multi", "bool", "number", "list", "date", "url")
KEYS = {
    "title", "question", "mode", "criteria", "reasons", "highlight", "taxonomy", "items", "authors", "registration",
    "notes",
}


@dataclass(frozen=True)
class Criterion:
    """An eligibility criterion; `kind` is ``include`` or ``exclude``."""

    id: str
    kind: str
    text: str


@dataclass(frozen=True)
class Node:
    """A node of the taxonomy. `id` is its path, such as ``method/training/sft``; `axis` is the first part.

    `many` says whether a paper may carry several nodes of the axis; `keywords` suggest the node.
    """

    id: str
    label: str
    axis: str
    parent: str | None = None
    definition: str = ""
    keywords: tuple[str, ...] = ()
    many: bool = True


@dataclass(frozen=True)
class Item:
    """A planned data extraction item; `type` is one of ``ITEM_TYPES``."""

    id: str
    label: str
    type: str = "text"
    choices: tuple[str, ...] = ()
    unit: str = ""
    help: str = ""
    required: bool = False


@dataclass(frozen=True)
class Protocol:
    """The plan of a review.

    Attributes
    ----------
    title, question
        What the review is called and asks.
    mode
        ``single`` (one decision moves a paper on) or ``dual`` (two independent reviewers).
    criteria
        Eligibility criteria.
    reasons
        For each stage the ordered reasons for exclusion (the first that fails is the primary one).
    highlight
        ``include`` and ``exclude`` terms to mark in titles and abstracts.
    taxonomy
        All nodes in order, parents before children.
    items
        Data extraction items.
    """

    title: str
    question: str = ""
    mode: str = "single"
    criteria: tuple[Criterion, ...] = ()
    reasons: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    highlight: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    taxonomy: tuple[Node, ...] = ()
    items: tuple[Item, ...] = ()

    def node(self, tag: str) -> Node | None:
        """The taxonomy node with this id, or None for a free tag."""
        return next((node for node in self.taxonomy if node.id == tag), None)

    def item(self, item_id: str) -> Item | None:
        """The extraction item with this id, or None."""
        return next((item for item in self.items if item.id == item_id), None)

    @property
    def axes(self) -> tuple[Node, ...]:
        """The roots of the taxonomy."""
        return tuple(node for node in self.taxonomy if node.parent is None)


def read_protocol(path: str | Path) -> Protocol:
    """Read a protocol from a YAML file.

    Parameters
    ----------
    path
        The file, such as ``data/protocol.yml``.

    Returns
    -------
    Protocol

    Raises
    ------
    ProtocolError
        The file is missing or not YAML, or the protocol breaks its rules; all faults are listed at once.
    """
    path = Path(path)
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ProtocolError(f"{path}: expected the protocol of a review; {error.strerror}. "
                            "`review-kit new FOLDER` makes one.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ProtocolError(f"{path}: expected YAML in UTF-8; {error}") from error
    faults: list[str] = []
    protocol = _protocol(found, faults)
    if faults:
        raise ProtocolError(f"{path}:\n" + "\n".join(f"- {fault}" for fault in faults))
    return protocol


def _protocol(found: Any, faults: list[str]) -> Protocol:
    """Build the protocol; what is wrong goes to `faults`."""
    if not isinstance(found, dict):
        faults.append(f"expected keys such as title and question; found {type(found).__name__}")
        return Protocol("")
    faults += [f"unknown key {key!r}; known are {', '.join(sorted(KEYS))}" for key in found if key not in KEYS]
    if not isinstance(found.get("title"), str) or not found["title"].strip():
        faults.append("title: expected the name of the review")
    mode = found.get("mode", "single")
    if mode not in MODES:
        faults.append(f"mode: expected one of {', '.join(MODES)}; found {mode!r}")
    protocol = Protocol(
        title=str(found.get("title", "")), question=str(found.get("question") or ""), mode=str(mode),
        criteria=tuple(_criteria(found.get("criteria") or {}, faults)),
        reasons=_word_lists(found.get("reasons") or {}, STAGES, ("reasons", faults)),
        highlight=_word_lists(found.get("highlight") or {}, ("include", "exclude"), ("highlight", faults)),
        taxonomy=tuple(_nodes(found.get("taxonomy") or {}, faults)),
        items=tuple(_items(found.get("items") or {}, faults)),
    )
    return protocol


def _criteria(found: Any, faults: list[str]) -> Iterator[Criterion]:
    """Criteria from ``{include: {id: text}, exclude: {id: text}}``."""
    for kind, texts in _mapping(found, "criteria", faults).items():
        if kind not in ("include", "exclude"):
            faults.append(f"criteria: expected include and exclude; found {kind!r}")
            continue
        for criterion_id, text in _mapping(texts, f"criteria: {kind}", faults).items():
            yield Criterion(str(criterion_id), kind, str(text))


def _word_lists(found: Any, allowed: tuple[str, ...], where: tuple[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """Lists of words under allowed names."""
    name, faults = where
    lists = {}
    for key, words in _mapping(found, name, faults).items():
        if key not in allowed:
            faults.append(f"{name}: expected {', '.join(allowed)}; found {key!r}")
        elif not isinstance(words, list) or len(set(map(str, words))) != len(words):
            faults.append(f"{name}: {key}: expected a list of different texts; found {words!r}")
        else:
            lists[key] = tuple(map(str, words))
    return lists


def _nodes(found: Any, faults: list[str], parent: Node | None = None) -> Iterator[Node]:
    """Taxonomy nodes, parents first; a node is a label, or keys label, definition, keywords, many, nodes."""
    where = f"taxonomy: {parent.id}" if parent else "taxonomy"
    for name, content in _mapping(found, where, faults).items():
        content = {"label": content} if isinstance(content, str) else content if isinstance(content, dict) else {}
        unknown = content.keys() - {"label", "definition", "keywords", "many", "nodes"}
        if unknown:
            faults.append(f"{where}: {name}: unknown keys {', '.join(sorted(map(str, unknown)))}")
        if "/" in str(name):
            faults.append(f"{where}: {name}: a node's name may hold no '/'")
        node = Node(
            id=f"{parent.id}/{name}" if parent else str(name), label=str(content.get("label") or name),
            axis=parent.axis if parent else str(name), parent=parent.id if parent else None,
            definition=str(content.get("definition") or ""), keywords=tuple(map(str, content.get("keywords") or ())),
            many=bool(content.get("many", parent.many if parent else True)),
        )
        yield node
        yield from _nodes(content.get("nodes") or {}, faults, node)


def _items(found: Any, faults: list[str]) -> Iterator[Item]:
    """Extraction items from ``{id: {label, type, choices, unit, help, required}}``."""
    for name, content in _mapping(found, "items", faults).items():
        content = content if isinstance(content, dict) else {"label": content}
        item = Item(
            id=str(name), label=str(content.get("label") or name), type=str(content.get("type", "text")),
            choices=tuple(map(str, content.get("choices") or ())), unit=str(content.get("unit") or ""),
            help=str(content.get("help") or ""), required=bool(content.get("required", False)),
        )
        if item.type not in ITEM_TYPES:
            faults.append(f"items: {name}: type: expected one of {', '.join(ITEM_TYPES)}; found {item.type!r}")
        if item.type in ("choice", "multi") and not item.choices:
            faults.append(f"items: {name}: a {item.type} needs choices")
        yield item


def _mapping(found: Any, where: str, faults: list[str]) -> Mapping[Any, Any]:
    """A mapping, or a fault."""
    if isinstance(found, dict):
        return found
    faults.append(f"{where}: expected `name: value` lines; found {type(found).__name__}")
    return {}
