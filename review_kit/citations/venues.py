"""What a venue is (journal, conference, preprint server) and what else its text says: volume, pages, year."""

from __future__ import annotations

import re
from dataclasses import dataclass

PREPRINT, CONFERENCE, JOURNAL = "preprint", "inproceedings", "article"

# Tried in this order; the first that fits names the kind. Some journals are called proceedings.
JOURNALS_CALLED_PROCEEDINGS = (
    r"pnas|pvldb|proc(?:eedings|\.)? (?:of )?(?:the )?(?:national academy|natl\.? acad|royal society|ieee|vldb|acm on)",
)
PREPRINT_WORDS = (
    r"arxiv", r"corr", r"abs/\d", r"\w*rxiv", r"psyarxiv", r"ssrn", r"research square", r"preprints?(?:\.org)?", r"hal",
    r"openreview", r"zenodo", r"under review", r"in submission",
)
CONFERENCE_WORDS = (
    r"proc(?:eedings|\.)?", r"conf(?:erence|\.)?", r"symposium", r"workshops?", r"findings of", r"congress",
    r"annual meeting", r"advances in neural information processing systems", r"lncs", r"lecture notes",
    r"international joint", r"datasets and benchmarks", r"long papers?", r"short papers?",
    r"[ae]?acl|naacl|emnlp|coling|conll|lrec(?:-coling)?|eacl|semeval|bionlp|interspeech|icassp",
    r"neurips|nips|icml|iclr|aistats|uai|colt|colm|corl|acml|ecml|ijcnn|automl|midl|chil|ml4h|mlhc",
    r"aaai|ijcai|ecai|kdd|www|webconf|sigir|cikm|wsdm|recsys|icdm|sigmod|vldb|chi|uist",
    r"cvpr|iccv|eccv|wacv|accv|bmvc|miccai|isbi|ipmi|spie|icip|acm mm|mm|icra|iros|rss|hri",
    r"psb|amia|embc|bibm|ichi|medinfo|ismb|recomb",
)
JOURNAL_WORDS = (
    r"journal", r"j\.", r"trans(?:actions|\.)", r"letters", r"annals", r"reviews?", r"magazine", r"nature", r"science",
    r"npj", r"lancet", r"jama", r"nejm", r"bmj", r"bmc", r"plos", r"frontiers in", r"cell", r"scientific",
    r"bioinformatics", r"tacl", r"jmlr", r"tmlr", r"tpami",
)
_KINDS = (
    (PREPRINT, PREPRINT_WORDS), (JOURNAL, JOURNALS_CALLED_PROCEEDINGS), (CONFERENCE, CONFERENCE_WORDS),
    (JOURNAL, JOURNAL_WORDS),
)

_PAGES = r"(?P<pages>[A-Za-z]{0,2}\d+(?:\s*[-–—]+\s*[A-Za-z]{0,2}\d+)?)"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
# Only spellings that allow one reading; all other text stays in the name of the venue.
_SPELLINGS = tuple(re.compile(spelling) for spelling in (
    rf"(?P<venue>.*?[^\d\s,]|.*?\b(?:19|20)\d\d),?\s+(?P<volume>\d+)(?:\((?P<number>[^()]+)\))?:{_PAGES}"
    rf"(?:,\s*{_YEAR}|\s*\({_YEAR.replace('year', 'year2')}\))?",
    rf"(?P<venue>.*\S),\s*(?:pages?|pp?\.)\s*{_PAGES}(?:,\s*{_YEAR})?",
    rf"(?P<venue>[^\d]*[^\d\s,]),\s*{_YEAR}",
))
_LONGEST = 300
_STATED_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class Venue:
    """A venue as its text tells it; what is not told, or could be read in two ways, is None."""

    name: str = ""
    kind: str | None = None
    volume: str | None = None
    number: str | None = None
    pages: str | None = None
    year: int | None = None


def read_venue(text: str) -> Venue:
    """Take apart a venue such as ``Nature Medicine 31(3):943-950, 2025`` or ``EMNLP 2025, pages 16-21``.

    Parameters
    ----------
    text
        The venue as a source writes it.

    Returns
    -------
    Venue
        `kind` is ``preprint``, ``inproceedings`` or ``article``, None where the words do not tell. A conference keeps
        its year in its name, and states it.

    Examples
    --------
    >>> read_venue("AAAI 2025, 39(7):6931-6939")
    Venue(name='AAAI 2025', kind='inproceedings', volume='39', number='7', pages='6931-6939', year=2025)
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return Venue(text)
    found = next(filter(None, (spelling.fullmatch(text) for spelling in _SPELLINGS)), None)
    parts = found.groupdict() if found else {}
    name = parts.get("venue") or text
    year = parts.get("year") or parts.get("year2")
    kind = _kind(name) or (JOURNAL if parts.get("volume") else None)
    stated = set(_STATED_YEAR.findall(name)) if kind == CONFERENCE else set()
    if year is None and len(stated) == 1:
        year = stated.pop()
    pages = re.sub(r"\s*[-–—]+\s*", "-", parts["pages"]) if parts.get("pages") else None
    return Venue(name, kind, parts.get("volume"), parts.get("number"), pages, int(year) if year else None)


def _kind(name: str) -> str | None:
    """The kind of venue its words tell, or None."""
    for kind, words in _KINDS:
        if re.search(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])", name, re.IGNORECASE):
            return kind
    return CONFERENCE if re.fullmatch(r"[A-Z][A-Za-z]*[A-Z]\w*[ '’]*(?:(?:19|20)\d\d|\d\d)?", name) else None
