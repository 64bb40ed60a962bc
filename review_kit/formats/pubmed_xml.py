"""PubMed's XML, as its website, its E-utilities and its yearly baseline files give it; book chapters too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from .document_types import document_type
from .record_rows import flat_roles, record_row, tell_nothing
from .xml_elements import read_elements, rescued_fields

NAME = "pubmed_xml"

# Where each field stands in an article, and in a chapter or book.
_ARTICLE = {
    "PMID": "PMID",
    "ArticleTitle": "Article/ArticleTitle",
    "VernacularTitle": "Article/VernacularTitle",
    "Journal": "Article/Journal/Title",
    "MedlineTA": "MedlineJournalInfo/MedlineTA",
    "ISOAbbreviation": "Article/Journal/ISOAbbreviation",
    "Volume": "Article/Journal/JournalIssue/Volume",
    "Issue": "Article/Journal/JournalIssue/Issue",
    "ISSN": "Article/Journal/ISSN",
    "MedlinePgn": "Article/Pagination/MedlinePgn",
    "StartPage": "Article/Pagination/StartPage",
    "EndPage": "Article/Pagination/EndPage",
    "Year": "Article/Journal/JournalIssue/PubDate/Year",
    "Month": "Article/Journal/JournalIssue/PubDate/Month",
    "Day": "Article/Journal/JournalIssue/PubDate/Day",
    "MedlineDate": "Article/Journal/JournalIssue/PubDate/MedlineDate",
    "Keyword": "KeywordList/Keyword",
    "PublicationType": "Article/PublicationTypeList/PublicationType",
    "Language": "Article/Language",
    "Affiliation": "Article/AuthorList/Author/AffiliationInfo/Affiliation",
    "GrantID": "Article/GrantList/Grant/GrantID",
    "NameOfSubstance": "ChemicalList/Chemical/NameOfSubstance",
    "AccessionNumber": "Article/DataBankList/DataBank/AccessionNumberList/AccessionNumber",
    "CoiStatement": "CoiStatement",
}
_BOOK = {
    "PMID": "PMID",
    "ArticleTitle": "ArticleTitle",
    "VernacularTitle": "VernacularTitle",
    "BookTitle": "Book/BookTitle",
    "Volume": "Book/Volume",
    "ISBN": "Book/Isbn",
    "MedlinePgn": "Pagination/MedlinePgn",
    "StartPage": "Pagination/StartPage",
    "EndPage": "Pagination/EndPage",
    "Year": "Book/PubDate/Year",
    "Month": "Book/PubDate/Month",
    "Day": "Book/PubDate/Day",
    "MedlineDate": "Book/PubDate/MedlineDate",
    "Keyword": "KeywordList/Keyword",
    "PublicationType": "PublicationType",
    "Language": "Language",
    "Publisher": "Book/Publisher/PublisherName",
    "Affiliation": "AuthorList/Author/AffiliationInfo/Affiliation",
}
_ROLES = flat_roles(
    {
        "title": ("ArticleTitle", "VernacularTitle"),
        "venue": ("Journal", "MedlineTA", "ISOAbbreviation", "BookTitle"),
        "volume": ("Volume",),
        "number": ("Issue",),
        "pages": ("MedlinePgn",),
        "start_page": ("StartPage",),
        "end_page": ("EndPage",),
        "year": ("Year",),
        "month": ("Month",),
        "day": ("Day",),
        "date": ("MedlineDate", "ArticleDate"),
        "abstract": ("AbstractText",),
        "keywords": ("Keyword", "MeSH"),
        "doi": ("doi",),
        "pmid": ("pubmed", "PMID"),
        "pmcid": ("pmc",),
        "issn": ("ISSN",),
        "isbn": ("ISBN",),
    }
)
_RESCUED = {
    "PMID": "PMID", "ArticleTitle": "ArticleTitle", "AbstractText": "AbstractText", "Year": "Year",
    "doi": 'ArticleId IdType="doi"',
}  # fmt: skip
# When PubMed took the article up: the year of one that has no other.
_ENTERED = "PubmedData/History/PubMedPubDate[@PubStatus='pubmed']/Year"
_SETS = ("PubmedArticle", "PubmedBookArticle")


def matches(text: str, name: str) -> bool:
    """Tell whether a text is PubMed's XML: XML that has citations of PubMed."""
    start = text[:2000].lstrip("\ufeff \t\r\n")
    is_xml = start.startswith("<") or name.lower().endswith(".xml")
    return is_xml and bool(re.search(r"</?(?:PubmedArticle|PubmedBookArticle|MedlineCitation)[\s>]", text))


def read(text: str) -> list[dict[str, Any]]:
    """Read PubMed's XML as rows of the records table.

    Parameters
    ----------
    text
        The file, decoded.

    Returns
    -------
    list of dict
        One row per article or chapter, in order; one that is not well-formed is a row with ``raw`` and ``problem``.
        Identifiers are the paper's own, never those of its references. Parts of an abstract keep their label.
    """
    wrapped = any(f"<{tag}>" in text or f"<{tag} " in text for tag in _SETS)
    return read_elements(
        text, _SETS if wrapped else ("MedlineCitation",), _row,
        lambda raw: _with_key(record_row(rescued_fields(raw, _RESCUED), _ROLES)))  # fmt: skip


def _row(article: Element, line: int) -> dict[str, Any]:
    """One article or chapter as a row."""
    inner = article.find("BookDocument")
    is_book = inner is not None
    if inner is None:
        inner = article.find("MedlineCitation")
    citation = article if inner is None else inner
    fields = _fields(citation, article, _BOOK if is_book else _ARTICLE)
    if is_book and "ArticleTitle" not in fields:
        fields["ArticleTitle"] = fields.pop("BookTitle", [])
    if fields.get("ArticleTitle", [""])[0].strip("[]. ") in ("", "Not Available"):
        fields.pop("ArticleTitle", None)
    row = _with_key(record_row(fields, _ROLES, line=line, names=_names(citation)))
    if "year" not in row and (entered := article.findtext(_ENTERED, "").strip()).isdigit():
        row |= {"year": int(entered), "year_inferred": True}
    kinds = fields.get("PublicationType", [])
    row["type"] = ("incollection" if "BookTitle" in fields else "book") if is_book else document_type(kinds)
    tell_nothing(row)
    return row


def _with_key(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its PubMed id as key, as MEDLINE's text has it."""
    return row | ({"key": row["pmid"]} if "pmid" in row else {})


def _fields(citation: Element, article: Element, places: dict[str, str]) -> dict[str, list[str]]:
    """The fields of one citation."""
    fields = {field: _texts(citation, place) for field, place in places.items()}
    inner = citation if citation.find("Article") is None else citation.find("Article")
    fields["AbstractText"] = [" ".join(_abstract(inner))]
    fields["ArticleDate"] = ["-".join(_text(part) for part in date) for date in inner.findall("ArticleDate")[:1]]
    fields["MeSH"] = [
        "/".join(_text(part) for part in heading) for heading in citation.findall("MeshHeadingList/MeshHeading")]
    ids = (*inner.findall("ELocationID"), *inner.findall("ArticleIdList/ArticleId"))
    for place in (*ids, *article.findall("*/ArticleIdList/ArticleId")):
        kind = place.get("EIdType") or place.get("IdType") or "pubmed"
        if _text(place) not in fields.setdefault(kind, []):
            fields[kind].append(_text(place))
    return {field: values for field, values in fields.items() if any(values)}


def _abstract(inner: Element) -> Iterator[str]:
    """The parts of an abstract, each after its label."""
    for part in inner.findall("Abstract/AbstractText"):
        label = part.get("Label", "")
        yield f"{label}: {_text(part)}" if label and label != "UNLABELLED" else _text(part)


def _texts(citation: Element, place: str) -> list[str]:
    """The texts of every element at a place, each once."""
    return list(dict.fromkeys(_text(element) for element in citation.findall(place)))


def _text(element: Element) -> str:
    """What stands in an element, its markup left out."""
    return "".join(element.itertext()).strip()


def _names(citation: Element) -> tuple[list[str], bool]:
    """The authors, and whether the list breaks off; editors are none."""
    lists = [people for place in ("Article/", "", "Book/") for people in citation.findall(f"{place}AuthorList")]
    authors = next((people for people in lists if people.get("Type", "authors") == "authors"), None)
    if authors is None:
        return [], False
    names = []
    for author in authors.findall("Author"):
        part = {child.tag: _text(child).replace(",", " ") for child in author}
        given = part.get("ForeName") or part.get("FirstName") or part.get("Initials", "")
        people = (part.get("LastName", ""), part.get("Suffix", ""), given)
        name = ", ".join(word for word in people if word) or part.get("CollectiveName", "")
        if name:
            names.append(" ".join(name.split()))
    return names, authors.get("CompleteYN") == "N"
