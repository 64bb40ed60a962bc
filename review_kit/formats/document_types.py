"""What programs call a kind of document, BibTeX's word for it, and the numbers of journals told from those of books."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_WORDS_OF = {
    "article": """jour jfull ejour mgzn newspaper news abst articlejournal articlemagazine articlenewspaper article
        articles journalarticle journalarticles journal magazinearticle newspaperarticle
        electronicarticle earlyaccess articleinpress inpress inpr review reviewjournal reviewarticle
        shortsurvey editorial letter note comment erratum correction researcharticle originalarticle
        casereport casereports clinicaltrial randomizedcontrolledtrial systematicreview metaanalysis
        historicalarticle scholarlyjournals scholarlyjournal tradejournals magazines ieeejournals
        ieeemagazines ieeeearlyaccessarticles journalpaper j""",
    "inproceedings": """cpaper conf conferenceproceedings conferenceproceeding conferencepaper paperconference
        conferencepapers conferencearticle proceedingspaper proceedingsarticle conferenceproceedingsarticle
        meetingabstract conferenceabstract inproceedings conference ieeeconferences conferencepublication""",
    "proceedings": "conferencereview proceedings congress congresses",
    "book": "book books ebook wholebook editedbook electronicbook monograph edbook classic classicalwork b",
    "incollection": """chap chapter bookchapter booksection bookpart echap electronicbooksection incollection
        inbook dict ency entrydictionary entryencyclopedia referenceentry encyclopediaarticle dictionaryentry""",
    "phdthesis": """thes thesis dissertation dissertations phdthesis doctoralthesis dissertationthesis
        dissertationstheses""",
    "mastersthesis": "mastersthesis masterthesis",
    "techreport": """rprt report reports govdoc governmentdocument techreport technicalreport workingpaper
        reportsresearch""",
    "unpublished": """unpb manscpt unpublished unpublishedwork manuscript personalcommunication pcomm speech
        presentation""",
    "misc": """gen generic misc elec webpage website post postweblog blog blogpost icomm onlinedatabase
        onlinemultimedia hear bill case stat legislation legalcase patent pat comp computerprogram
        software data dataset map video sound figure artwork other others document interview
        broadcast motionpicture song""",
    "preprint": "preprint preprints postedcontent eprint",
}
_TYPES = {word: kind for kind, words in _WORDS_OF.items() for word in words.split()}


def document_type(words: Iterable[str]) -> str:
    """Find BibTeX's word for a kind of document.

    Parameters
    ----------
    words
        What a source calls the document, in order of preference (``["Review", "Journal Article"]``).

    Returns
    -------
    str
        A BibTeX entry type (``preprint`` for preprints); ``misc`` where the source's words are not known.
    """
    for word in words:
        if (kind := _type_of(word)) not in ("", "misc"):
            return kind
    return "misc"


def is_issn(text: str) -> bool:
    """Whether a number that may be an ISBN or an ISSN is an ISSN."""
    return bool(re.match(r"\s*\d{4}-?\d{3}[\dXx](?![\d-])", text))


@lru_cache(maxsize=1024)
def _type_of(word: str) -> str:
    """BibTeX's word for one of a program's words, or nothing."""
    return _TYPES.get(re.sub(r"[^a-z]", "", word.lower()), "")
