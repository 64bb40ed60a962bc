"""The column names of databases and screening tools, and what each column is for. Preferred names stand first.

Covered: Scopus, Web of Science, PubMed, IEEE Xplore, Springer, Dimensions, Lens, OpenAlex, Embase, EBSCO, ProQuest,
Cochrane, Semantic Scholar, Publish or Perish, RefWorks, SciELO, Zotero, JabRef, ASReview, Rayyan,
Covidence and our own tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .record_rows import Roles

# Names are written as `plain_name` makes them: small letters, everything else a blank.
_NAMES = {
    "title": """title; article title; document title; item title; primary title; title primary; paper title; display
        name; title of paper; study title; publication name; paper; titel; titre; titulo; título;
        ti; t1; translated title; english title""",
    "authors": """author full names; authors full names; authors raw; author names; authors; author s; author;
        first authors; authorships author display name; authorships raw author name; author list;
        authors primary; primary authors; authors list; creators; creator; au; af; a1; autoren;
        auteurs; autores; authors string; author string; book authors""",
    "sponsors": "book group authors; book author s group",
    "organisation_authors": "group authors; corporate author; corporate authors; corporate name",
    "year": """publication year; published year; year; pubyear; year of publication; py; jahr; année; año;
        pub year; cover year""",
    "month": "published month; month; publication month",
    "day": "day; publication day",
    "date": """publication date; date of publication; date published; published date; published; date;
        pubdate; pub date; cover date; issue date; online date; publication date online; early
        access date; create date; submitted date""",
    "venue": """source title; publication title; journal book; journal; journal name; full journal name; journal
        title; primary location source display name; host venue display name; pubtitle; periodical
        full; periodical abbrev; secondary title; title secondary; booktitle; book title; venue;
        venue name; conference; conference title; conference name; proceedings title; container
        title; anthology title; jf; jo; t2; so; journal abbreviation; abbreviated source title;
        periodical; zeitschrift; revue; revista; publication venue name; publication""",
    "volume": "volume; journal volume; volume number; biblio volume; vl; vol",
    "number": "issue; journal issue; issue number; number; biblio issue; no; is",
    "pages": "pages; pagination; page; page range; pp; page numbers",
    "start_page": "page start; start page; startpage; first page; biblio first page; sp; bp; art no; article number",
    "end_page": "page end; end page; endpage; other pages; last page; biblio last page; ep",
    "doi": """doi; item doi; digital object identifier; digitalobjectidentifier; di; do; externalids doi;
        ids doi; doi link; doi url; prism doi; book doi""",
    "pmid": "pmid; pubmed id; pubmed; medline pmid; ids pmid; pubmedid; externalids pubmed; pm",
    "pmcid": "pmcid; pmc id; pmc; ids pmcid; externalids pubmedcentral",
    "arxiv_id": "arxiv id; arxiv; externalids arxiv; arxivid; arxiv number",
    "issn": "issn; issns; issn isbn; print issn; eissn; electronic issn; issn s; sn; linking issn",
    "isbn": "isbn; isbns; electronic isbn; print isbn",
    "wos": "ut unique wos id; ut unique id; unique wos id; wos id; accession number wos; ut",
    "scopus": "eid; scopus id; scopus eid",
    "openalex": "openalex id; openalex; ids openalex",
    "lens": "lens id",
    "dimensions": "publication id; dimensions id",
    "embase": "embase accession id; pui; embase id",
    "s2": "paperid; corpusid; semantic scholar id; s2 id",
    "url": """url; urls; link; links; articleurl; article url; source linkout; external url; source urls;
        documenturl; plink; primary location landing page url; landing page url; full text link; fulltext url;
        fulltexturl; full text url; pdf link; pdf url; pdf; ur; permalink; embase link; open url link; dimensions
        url; paper url; paper link; openaccesspdf; code url; code; website; best oa location pdf
        url; open access url""",
    "abstract": """abstract; abstract note; notes abstract; ab; n2; description; zusammenfassung; résumé;
        resumen""",
    "summary": "summary; tldr; short summary",
    "keywords": """author keywords; author keyword s; keywords; keyword; keyword s; keywords display name; keywords
        plus; index keywords; ieee terms; mesh terms; mesh; subjects; subjectterms; subject terms;
        emtree medical index terms; descriptor s; manual tags; automatic tags; fields of study; de;
        kw; key words; schlagwörter; mots clés; palabras clave""",
    "type": """document type; item type; publication type; type of reference; content type; article type;
        articletype; documenttype; doctype; type; entry type; reference type; dt; ty; typ""",
    "key": "citation key; citationkey; bibtex key; bibtexkey; key; id; record id; ref id; reference id; central id",
}
COLUMN_NAMES: dict[str, tuple[str, int]] = {
    name.strip(): (role, place)
    for role, names in _NAMES.items()
    for place, name in enumerate(" ".join(names.split()).split(";"))
}
# Publish or Perish and Cochrane call the journal "Source"; elsewhere that is the database.
_SOURCE_IS_VENUE = {"gsrank", "citesurl", "central id"}


def plain_name(header: str) -> str:
    """A column's name without case, marks and doubled blanks: ``Author(s)`` is ``author s``."""
    return " ".join(re.sub(r"[\W_]+", " ", header.casefold()).split())


def column_roles(headers: Iterable[str]) -> Roles:
    """Find what the columns of a table are for.

    Parameters
    ----------
    headers
        The names of the columns, as printed.

    Returns
    -------
    dict
        Column name to role and place in the order of preference, for the columns that are known.
    """
    headers = list(headers)
    known = {header: COLUMN_NAMES[name] for header in headers if (name := plain_name(header)) in COLUMN_NAMES}
    if _SOURCE_IS_VENUE & {plain_name(header) for header in headers}:
        known |= {header: ("venue", 99) for header in headers if plain_name(header) == "source"}
    return known
