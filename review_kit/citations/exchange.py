"""References as RIS and as CSL-JSON, for reference managers and word processors."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from .references import Reference, pages_from_to
from .venues import PREPRINT

RIS_TYPES = {
    "article": "JOUR", "inproceedings": "CPAPER", "proceedings": "CONF", "book": "BOOK", "incollection": "CHAP",
    "inbook": "CHAP", "phdthesis": "THES", "mastersthesis": "THES", "techreport": "RPRT", "unpublished": "UNPB",
    # RIS has no preprint; this is what reference managers write for one.
    PREPRINT: "UNPB",
}
CSL_TYPES = {
    "article": "article-journal", "inproceedings": "paper-conference", "proceedings": "book", "book": "book",
    "incollection": "chapter", "inbook": "chapter", "phdthesis": "thesis", "mastersthesis": "thesis",
    "techreport": "report", "unpublished": "manuscript", PREPRINT: "article",
}


def ris_text(references: Sequence[Reference]) -> str:
    """Write references as RIS: one tag a line, every value on its line, ``ER`` last, sorted by key."""
    lines = [f"{tag}  - {value}\n"
             for reference in sorted(references, key=lambda reference: reference.key)
             for tag, value in _ris_tags(reference) if value or tag == "ER"]
    return "".join(lines)


def _ris_tags(reference: Reference) -> Iterator[tuple[str, str]]:
    """The tags of one reference, in a fixed order."""
    first, last = pages_from_to(reference.pages)
    ids = dict(reference.other_ids)
    yield "TY", RIS_TYPES.get(reference.kind, "GEN")
    yield "ID", reference.key
    yield from (("AU", _ris_name(author)) for author in reference.authors)
    yield "AU", "et al." if reference.et_al else ""
    yield "TI", reference.title
    yield ("PB" if reference.kind == PREPRINT else "T2"), _place(reference)
    yield "M3", "preprint" if reference.kind == PREPRINT else ""
    yield "PY", str(reference.year or "")
    yield "DA", "/".join(f"{part:02d}" for part in _date_parts(reference)) if reference.month else ""
    yield from zip(("VL", "IS", "SP", "EP"), (reference.volume, reference.number, first, last))
    yield "SN", ids.get("issn") or ids.get("isbn", "")
    yield "DO", reference.doi
    yield "AN", f"arXiv:{reference.arxiv_id}" if reference.arxiv_id else ids.get("pmid", "")
    yield "UR", reference.url
    yield from (("KW", word) for word in reference.keywords)
    yield "AB", reference.abstract
    yield "ER", ""


def _ris_name(author: str) -> str:
    """A name in the order of RIS: family, given, suffix."""
    family, *middle, given = (part.strip() for part in author.split(","))  if "," in author else (author, "")
    return ", ".join(part for part in (family, given, *middle) if part)


def csl_text(references: Sequence[Reference]) -> str:
    """Write references as CSL-JSON, sorted by key."""
    items = [_csl_item(reference) for reference in sorted(references, key=lambda reference: reference.key)]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _csl_item(reference: Reference) -> dict[str, Any]:
    """One reference as a CSL item; what is unknown is left out."""
    preprint = reference.kind == PREPRINT
    names = [_csl_name(author) for author in reference.authors]
    glue = "; " if any("," in word for word in reference.keywords) else ", "
    item = {
        "id": reference.key, "type": CSL_TYPES.get(reference.kind, "document"), "title": reference.title,
        "author": [*names, {"literal": "et al."}] if reference.et_al else names,
        "issued": {"date-parts": [_date_parts(reference)]} if reference.year else None,
        "container-title": "" if preprint else reference.venue, "genre": "preprint" if preprint else "",
        "publisher": _place(reference) if preprint else "",
        "volume": reference.volume, "issue": reference.number, "page": reference.pages,
        "number": f"arXiv:{reference.arxiv_id}" if preprint and reference.arxiv_id else "",
        "archive": "arXiv" if reference.arxiv_id else "", "archive_location": reference.arxiv_id,
        "DOI": reference.doi, "URL": reference.url,
        **{name.upper(): value for name, value in reference.other_ids},
        "keyword": glue.join(reference.keywords), "abstract": reference.abstract,
    }
    return {name: value for name, value in item.items() if value}


def _csl_name(author: str) -> dict[str, str]:
    """A name as CSL parts; a name without a comma is whole."""
    family, comma, rest = (part.strip() for part in author.partition(","))
    if not comma or not family or not rest:
        return {"literal": author}
    *suffix, given = (part.strip() for part in rest.split(","))
    return {"family": family, "given": given, **({"suffix": ", ".join(suffix)} if suffix else {})}


def _place(reference: Reference) -> str:
    """Where it appeared: the venue, or arXiv."""
    return reference.venue or ("arXiv" if reference.arxiv_id else "")


def _date_parts(reference: Reference) -> list[int]:
    """Year, month and day as far as they are known."""
    parts: list[int] = []
    for part in (reference.year, reference.month, reference.day):
        if not part:
            break
        parts.append(part)
    return parts
