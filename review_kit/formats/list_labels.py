"""Venue and date labels of paper lists: ``[2504'arXiv]``, ``CVPR 2023 (Oral)``, ``2023/11``, ``28th Oct., 2023``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# Names by which lists call venues; any of them alone makes a label. Longer names are recognised by their words below.
_VENUES = frozenset(
    "3dv aaai aacl aamas accv acl acmmm acm-mm aclw aistats alt apsec arxiv ase asplos asru automl aacl-ijcnlp "
    "bea bibm biorxiv bionlp "
    "bmvc bsn ccs cav cc cdc chi chil cikm clef clinicalnlp cogsci coling colm colt comad conll corl cscw csur "
    "cvpr cvprw dac date dsn "
    "dasfaa dcc dsaa eacl ecai eccv eccvw ecir ecml ecml-pkdd ecmlpkdd edbt eg egsr embc emnlp emnlp-findings "
    "emsoft esann eswc "
    "euros&p eurographics eusipco eurosys fairmlforhealth fat* facct fg fse fmse gecco globecom hicss hpca hri "
    "icassp icaps iccad "
    "iccp iccv iccvw icdar icdcs icde icdm icip icis icll iclr iclrw icme icml icmlw icmi icnp icpr icra icse "
    "icsme icst ida "
    "icwsm ijcai ijcnn ijcv ijcnlp ijcai-ecai imwut inffus inlg interspeech ipdps ipmi iros isbi isca ismir "
    "ismar issta ismb iswc "
    "itsc iui iv ivs jair jamia jbhi jbi jmir jmlr jmi jsac kbs kdd l4dm lak l4dc lrec lrec-coling mobicom "
    "mobisys medicine "
    "mia medrxiv miccai micro midl mlhc ml4h mlsp mlsys mm mmm mmsys mmsp mobihoc naacl naacl-hlt nature ndss neurips "
    "neurips-db nips nsdi neurocomputing nlpcc nmi npj oopsla openreview osdi pacmhci pakdd pami pami's pami- "
    "pets pg plos "
    "plosone pldi pnas pmlr ppopp popl pr prcv preprint psb raid ras ral ra-l recsys ro-man rss s&p sac sc "
    "science sdm sensys "
    "siggraph siggraph-asia siggrapha sigir sigir-ap sigmod sigmetrics sigcomm sigspatial slt soda sosp spl stoc "
    "swat tacl tai "
    "taffc tamd tase taslp tcds tcom tcsvt tcyb tdsc tec tgars tgrs tifs tim tip tist tits tkde tkdd tmc tmi "
    "tmlr tmm tnnls tnn "
    "tochi togs tog toit tois tomm tops tosem tpami t-pami t-ro tro tnsm tse tsc tsp tvcg tvt uai uist umap usenix "
    "vis vldb vldbj vlsp vr wacv wacvw wads webconf wmt wsdm wsc wsdm wise www w4a sciadv natmed nejm jama bmj "
    "lancet cell "
    "chatgpt4good techreport github blog huggingface hf ssrn techrxiv "
    "chemrxiv psyarxiv osf hal corr bioinformatics radiology elife heliyon ieee acm "
    "nat.med natmachintell tpds tcad tc cvm cgf c&g cviu ivc prl pacific-graphics eaai eswa asoc ins nn dmkd ml mlj "
    "neuripsw neurips-w aaai-w iclr-w icml-w cvpr-w blackboxnlp starsem *sem semeval sigdial textgraphs wnut "
    "wassa insights".split())
_PLAIN_VENUES = frozenset("arxiv biorxiv medrxiv preprint interspeech neurocomputing nature science "
                          "bioinformatics radiology "
                          "eurographics openreview techreport lancet".split())
_VENUE_WORDS = re.compile(
    r"\b(?:conference|workshop|symposium|proceedings|proc\.?|journal|transactions|trans\.|letters|magazine|"
    r"review|reviews|nature|"
    r"science|lancet|jama|ieee|acm|springer|elsevier|arxiv|preprint|findings|tracks?|communications|medicine|medical|"
    r"informatics|annals|archives|frontiers|npj|plos|cell|bulletin|bmc|advances|scientific|reports|neural networks|"
    r"machine (?:intelligence|learning$)|"
    r"pattern recognition|computing|radiology|pathology|bioengineering|bioinformatics|artificial "
    r"intelligence|information fusion|technical report|press|sensors|electronics|surveys?|open|neuroscience|"
    r"engineering|"
    r"foundations and trends|"
    r"nat|med|sci|comput|eng|commun|lett|mach|intell|biol|phys|chem|surg|oncol|imaging|knowledge-based|expert "
    r"systems|applied|innovation|digital|access|thesis|dissertation|blog)\b", re.I)
_FILLERS = re.compile(
    r"\b(?:oral|spotlight|poster|highlight(?:ed)?|best\s+(?:student\s+)?paper(?:\s+(?:award|candidate|finalist|"
    r"runner-?up|"
    r"honou?rable mention))?|award(?:ed)?|honou?rable mention|notable(?:\s+top[- ]\d+%)?|top[- ]\d+%|accepted|"
    r"under review|submitted|in submission|to appear|in press|early access|camera[- ]ready|outstanding(?:\s+paper)?|"
    r"long paper|short paper|rejected|withdrawn|most cited)\b", re.I)
_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_MONTH = (r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
          r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)")
_YEAR = r"(?:19[5-9]|20[0-4])\d"
_DATES = tuple(re.compile(pattern, re.I) for pattern in (
    rf"(?<!\d)(?P<y>{_YEAR})\s*年\s*(?P<m>\d{{1,2}})\s*月(?:\s*(?P<d>\d{{1,2}})\s*[日号])?",
    rf"(?<![\d.])(?P<y>{_YEAR})\s?(?P<s>[-/.‑–])\s?(?P<m>\d{{1,2}})(?:\s?(?P=s)\s?(?P<d>\d{{1,2}}))?(?!\d)",
    r"(?<!\d)(?P<y>20[0-4]\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?!\d)",
    rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s.,-]+(?P<mon>{_MONTH})[\s.,-]+(?P<y>{_YEAR})(?!\d)",
    rf"\b(?P<mon>{_MONTH})[\s.,-]+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s.,-]+(?P<y>{_YEAR})(?!\d)",
    rf"\b(?P<mon>{_MONTH})[\s.,'’-]*(?P<y>{_YEAR})(?!\d)",
    rf"(?<!\d)(?P<y>{_YEAR})[\s.,-]+(?P<mon>{_MONTH})\b(?:[\s.,-]+(?P<d>\d{{1,2}})(?!\d))?",
    rf"(?<!\d)(?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}})[-/.](?P<y>{_YEAR})(?!\d)",
    rf"(?<!\d)(?P<m>\d{{1,2}})[-/.](?P<y>{_YEAR})(?!\d)",
    rf"\b(?P<mon>{_MONTH})[\s.,]*['’‘](?P<yy>\d\d)(?!\d)",
    r"(?<![\d])(?P<yy>\d\d)(?P<m>0[1-9]|1[0-2])['’‘`](?=\s*[A-Za-z])",
    rf"(?<![\d.])(?<!\d-)(?P<y>{_YEAR})(?!\d)",
    r"(?<=[A-Za-z*)\]])\s?['’‘`´](?P<yy>\d\d)(?!\d)",
    r"(?<=[A-Za-z])[-_ ](?P<yy>[0-4]\d)(?![\w%]|[-.]\d)",
    r"(?<=[A-Z]{2})(?P<yy>[0-4]\d)(?!\d)",
    r"^\W*(?P<yy>[0-4]\d)['’‘`](?=\s*[A-Za-z])",
))
_DIGIT = re.compile(r"\d")
# Foreign letters and brackets are left to closer reading.
_SIGN = re.compile(r"[\d()\[\]]|[^\x00-\x7f]|[A-Z][^\s,;:/]*[A-Z]")
_SMALL_LETTERS = re.compile(r"[a-z]+")
_WORD = re.compile(r"[^\s,;:/()]+")
_NO_VENUE = re.compile(r"https?:|[?!]")
_ORGANISATION = re.compile(r"\b(?:university|institute|college|laborator(?:y|ies)|department)\b", re.I)
_NAME_AND_STOP = re.compile(r"[A-Z][\w-]+ [A-Z][\w-]+\. ")
_HOLLOW = re.compile(r"\(\s*[,;]?\s*\)|\[\s*\]|\(\w+$")
_VOLUME = re.compile(r"[\s,]+\.?(?:\d+\s?(?:\.\d+|\(\d+\)|,\s?\d+)|\d{5,}|vol\.?\s*\d+)$", re.I)
_PAGES = re.compile(r"[,:;\s]+(?:pp?\.?|pages)\s*\d+(?:\s?[-–—]+\s?\d+)?(?=\W*$|[,.])|"
                    r"(?<=[\d)]):\s?\d+\s?[-–—]+\s?\d+")
_PART_OF_A_VENUE = re.compile(r"[@+-]?(?:w|ws|workshops?|findings|companion|demos?|industry|adjunct)$")
_JOINED_LABEL = re.compile(r"\s*(?P<year>[0-4]\d|(?:19|20)\d\d)_(?:(?P<venue>[A-Z][A-Za-z&-]{1,15})_)?(?=[A-Z])")
_PLACED = re.compile(r"(?:in:?|at|on|for|to|published in|accepted (?:by|at|to)|appeared in)\s+(?=\S)|"
                     r"(?:conference|journal|venue)\s+(?=(?-i:[A-Z][\w-]*[A-Z]))", re.I)
_PADDING = " \t\n,.;:|·•-–—/'’‘`´\"“”*_()[]{}（）【】「」〔〕"


@dataclass(frozen=True)
class Label:
    """What a label says: venue (empty where it only dates), year, month, day, and remarks such as ``Oral``."""

    venue: str = ""
    year: int | None = None
    month: int | None = None
    day: int | None = None
    remark: str = ""


@lru_cache(maxsize=20_000)
def read_label(text: str, *, trusted: bool = False) -> Label | None:
    """Read a label that says venue, date or both, and nothing else.

    Parameters
    ----------
    text
        The label, with or without its brackets.
    trusted
        Whether the place of the label says already that it is one (brackets before a title, a column ``Venue``): then
        a venue need not be known.

    Returns
    -------
    Label or None
        None where the text says something else.
    """
    dated = bool(_DIGIT.search(text))
    text = (_PAGES.sub("", text) if dated and ("p" in text or ":" in text) else text).strip(_PADDING)
    if not text or len(text) > 120 or text.count(" ") > 16:
        return None
    if len(text) < 40 and _FILLERS.fullmatch(text):
        return Label(remark=text)
    if "_" in text and (joined := _JOINED_LABEL.match(f"{text}_X")):
        return _read_joined(joined)
    if not (trusted or may_hold_label(text)):
        return None
    date, rest = _take_date(text) if _DIGIT.search(text) else ({}, text)
    if rest.count(" ") > 14:
        return None
    remarks = [found[0] for found in _FILLERS.finditer(rest)]
    venue = " ".join(_FILLERS.sub(" ", rest).split()) if remarks else rest
    venue = _without_lead(_HOLLOW.sub("", venue).strip(_PADDING))
    if venue and not _is_venue(venue, dated="year" in date, trusted=trusted):
        return None
    if not venue and not date:
        return Label(remark=", ".join(remarks)) if remarks and trusted else None
    return Label(venue=_tidy_venue(venue), remark=", ".join(remarks), **date)


@lru_cache(maxsize=20_000)
def may_hold_label(text: str) -> bool:
    """Whether a text has what a label needs when nothing vouches for it: a digit, or the short name of a venue.

    This is asked of most pieces of most lines, so it only looks for the signs of such a name: two capitals in a word,
    or one of the names written as words.
    """
    return bool(_SIGN.search(text)) or not _PLAIN_VENUES.isdisjoint(_SMALL_LETTERS.findall(text.lower()))


def starts_with_label(text: str) -> tuple[Label, int] | None:
    """Read a label that stands before a title without brackets (``CVPR'22 Title``, ``20210716 MICCAI-21 Title``).

    Returns
    -------
    tuple of Label and int, or None
        The label and the length of the text it covers.
    """
    if "_" in text[:20] and (joined := _JOINED_LABEL.match(text)):
        return _read_joined(joined), joined.end()
    if not _DIGIT.search(text):
        return None
    found = re.match(
        rf"\s*(?:(?P<date>20\d{{6}}|{_YEAR}[-/.]\d\d?(?:[-/.]\d\d?)?|\d{{4}}['’])[\s:,]*)?"
        r"(?P<venue>[A-Z][A-Za-z&*+-]{0,16}?(?:\s(?:Findings|Workshop|Asia|MM))?\s?(?:['’‘`´-]\s?\d\d(?:\d\d)?|"
        r"\s(?:19|20)\d\d)"
        r"(?:\s(?:[Oo]ral|[Ss]potlight|[Ww]orkshop|[Ff]indings))?)?(?=[\s:,.]|$)[\s:,.]*", text)
    if not found or not found[0].strip() or not (found["date"] or found["venue"]):
        return None
    label = read_label(found["venue"]) if found["venue"] else None
    if found["venue"] and (label is None or not label.venue or label.year is None):
        if not found["date"]:
            return None
        end, label = found.end("date"), None
    else:
        end = found.end()
    if found["date"]:
        date = read_label(found["date"])
        if date is None:
            return None
        label = Label(label.venue, label.year, None, None, label.remark) if label else date
    return (label, end) if label and text[end:].strip() else None


def _read_joined(found: re.Match[str]) -> Label:
    """The label in ``22_ICSE_Title``."""
    year = int(found["year"])
    return Label(found["venue"] or "", year + 2000 * (year < 100))


def _take_date(text: str) -> tuple[dict[str, int], str]:
    """The best date in a text, and the text without any date in it."""
    best: dict[str, int] = {}
    for pattern in _DATES:
        found = pattern.search(text)
        if not found:
            continue
        date = _checked(found.groupdict())
        # Beside a full year, two digits after a blank are a volume ("Nat Commun 13 (2022)").
        if date is None or (best and found[0][0] == " " and date["year"] != best["year"]):
            continue
        text = pattern.sub(" ", text).strip()
        if best and date.get("year") != best["year"]:
            # "2024/2023.10" is the year of the venue and the month of the preprint: the venue's year stands.
            best = date if "month" not in date else best
        elif not best or "month" not in best:
            best = {**date, **best}
    return best, " ".join(text.split())


def _checked(groups: dict[str, str | None]) -> dict[str, int] | None:
    """Year, month and day as numbers, or None where the calendar has no such date."""
    year = int(groups["y"]) if groups.get("y") else None
    if year is None and groups.get("yy"):
        short = int(str(groups["yy"]))
        year = 2000 + short if short < 50 else 1900 + short
    if year is None:
        return None
    date = {"year": year}
    month = int(groups["m"]) if groups.get("m") else None
    if groups.get("mon"):
        month = _MONTHS[str(groups["mon"])[:3].lower()]
    if month is not None:
        if not 1 <= month <= 12:
            return None
        date["month"] = month
    if groups.get("d"):
        day = int(str(groups["d"]))
        if not 1 <= day <= 31:
            return None
        date["day"] = day
    return date


def _without_lead(venue: str) -> str:
    """A venue without the ``in`` or ``accepted at`` before it."""
    found = _PLACED.match(venue)
    return venue[found.end():].strip(_PADDING) if found else venue


def _is_venue(venue: str, *, dated: bool, trusted: bool) -> bool:
    """Whether a text names a venue: a known name, or a name's shape where a year or its place vouch for it."""
    words = _WORD.findall(venue)
    if not words or len(words) > 14 or _NO_VENUE.search(venue) or ": " in venue and (
            len(words) > 5 or not (dated or trusted)):
        return False
    if not (trusted and dated) and _NAME_AND_STOP.match(venue):
        return False
    if _ORGANISATION.search(venue) and not _VENUE_WORDS.search(venue):
        return False
    if len(words) == 1 and words[0].lower() in _VENUES:
        return dated or trusted or is_known_venue(words[0])
    if len(words) <= 4 + 6 * dated and any(map(is_known_venue, words)):
        return True
    if len(words) <= 12 and _VENUE_WORDS.search(venue) and (dated or trusted) and venue[:1].isupper():
        return True
    if trusted and dated:
        return len(words) <= 8 and venue[:1].isalpha()
    return trusted and len(words) <= 5 and any(letter.isupper() for letter in venue)


@lru_cache(maxsize=20_000)
def is_known_venue(word: str) -> bool:
    """Whether a word is the usual short name of a venue."""
    word = word.strip(_PADDING)
    small = word.lower()
    if small not in _VENUES and _PART_OF_A_VENUE.sub("", small) not in _VENUES:
        return False
    # Short names are written in capitals; in small letters they are ordinary words (date, vis, cell).
    return sum(letter.isupper() for letter in word) > 1 or small in _PLAIN_VENUES


def _tidy_venue(venue: str) -> str:
    """A venue without the padding and the halves of brackets a date leaves behind."""
    venue = re.sub(r"[\s,]*/\s*\d{1,2}$", "", venue).strip(_PADDING.replace(")", "").replace("(", ""))
    if venue.count("(") == venue.count(")") + 1 and "(" in venue.strip("("):
        venue += ")"
    venue = _VOLUME.sub("", venue)
    if venue.count("(") != venue.count(")"):
        venue = venue.strip("()")
    return re.sub(r"\s+([,;:])", r"\1", venue).strip(" ,;:-/")
