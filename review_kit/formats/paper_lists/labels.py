"""Venue and date labels of paper lists: ``[2504'arXiv]``, ``CVPR 2023 (Oral)``, ``2023/11``, ``28th Oct., 2023``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .dates import YEAR, take_date

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
    "wassa insights "
    "acml aied amia apsipa apweb asiaccs avss caise cgo chiir concur cpal ecoop eurovis ewsn focs hcomp hotcloud "
    "hotmobile hotnets hotos hotstorage icann iccbr iccps icdt iciap iconip icpads icpe icpp icsoc icwe ijcb ijrr "
    "infocom infovis ipsn issre jcdl lics neuralgen nordichi nossdav paclic pkdd podc ppsn recomb rep4nlp rtas "
    "rtss saner soups spaa stacs taai tacas ubicomp wcnc wisec".split())
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
    r"long paper|short paper|main conference(?:\s+paper)?|rejected|withdrawn|most cited)\b", re.I)
_DIGIT = re.compile(r"\d")
# Foreign letters and brackets are left to closer reading.
_SIGN = re.compile(r"[\d()\[\]]|[^\x00-\x7f]|[A-Z][^\s,;:/]*[A-Z]")
_SMALL_LETTERS = re.compile(r"[a-z]+")
_WORD = re.compile(r"[^\s,;:/()]+")
# Initials before a comma or ``&`` are people's.
_NO_VENUE = re.compile(r"https?:|[?!\"“”]|(?:^|, )[A-Z]\.\s?[A-Z][\w'’-]+,|\b[A-Z]\.(?:,|\s&)|\bet\.? al\b|"
                       r"[A-Z][\w'’-]+ [A-Z][\w'’-]+; [A-Z][\w'’-]+ [A-Z]|, [A-Z][\w'’-]+ and [A-Z][\w'’-]+, [A-Z]")
# Journals of a family: ``Radiology: Artificial Intelligence``.
_SERIES = re.compile(
    r"(?:radiology|cell|jmir|lancet|nature|science|plos|acm|ieee|frontiers)(?:\s\w+)?:\s\w+(?:\s\w+)?", re.I)
# No venue is cut short to so long a word.
_READS_AS_TITLE = re.compile(r"^(?:An?|Towards?|How|Why|What|On) |^(?!.*(?:Workshop|Conference|Symposium|Track)).*"
                             r"\b(?:from|with|via|using|towards?|through|without|under|beyond|into|by|are|is)\b")
_SENTENCE_END = re.compile(r"[A-Za-z]{8,}\.\s+[A-Z]")
# How the long names of journals and proceedings begin.
_COLLECTION = re.compile(r"(?:Proceedings|Transactions|Journal|Annals|Archives) of\b|"
                         r"(?:IEEE|ACM)(?:/\w+)? (?:Trans|Conf|J)|"
                         r"(?:Advances|Findings) (?:in|of)\b|\d*(?:st|nd|rd|th)? ?(?:Annual|International|European) ")
_NAME_AND_YEAR = re.compile(
    r"([A-Z][\w.&-]*)(?:\s+(?:[A-Z][\w.&-]*|of|in|on|for|and|the|&)){0,6},?\s+\(?(?:19|20)\d\d\)?")
_BEFORE_A_YEAR = frozenset("winter spring summer fall autumn updated update last version since until before after "
                           "early late mid from in accessed released published best top by the a as".split())
_GENERIC = frozenset("survey surveys review journal conference workshop proceedings report blog thesis press open "
                     "access preprinted in".split())
_LONGEST_LABEL, _MOST_WORDS, _MANY_WORDS = 200, 20, 14
_ORGANISATION = re.compile(r"\b(?:university|institute|college|laborator(?:y|ies)|department)\b", re.I)
_NAME_AND_STOP = re.compile(r"[A-Z][\w-]+ [A-Z][\w-]+\. ")
_HOLLOW = re.compile(r"\(\s*[,;]?\s*\)|\[\s*\]|\(\w+$")
_VOLUME = re.compile(r"[\s,]+\.?(?:\d+\s?(?:\.\d+|\(\d+\)|,\s?\d+)|\d{5,}|vol\.?\s*\d+)$|,\s?\d{1,3}$|"
                     r"(?<=arxiv):\d{4}\.\d{4,5}(?:v\d+)?$", re.I)
_ARXIV_AGAIN = re.compile(r"(?<=preprint)\s+arxiv$", re.I)
_PAGES = re.compile(r"[,:;\s]+(?:pp?\.?|pages)\s*\d+(?:\s?[-–—]+\s?\d+)?(?=\W*$|[,.])|"
                    r"(?<=[\d)]):\s?\d+\s?[-–—]+\s?\d+")
# Where in a volume a paper stands, and who printed it: ``(Vol. 31, pp. 219-228)``, ``, 7(4), 1993-2019``, ``. IEEE``.
_DETAILS = re.compile(r"\s*[(\[](?:vol|no|num|pp?|pages?|art|article|issue)\b[^()\[\]]*[)\]]", re.I)
_ISSUE_AND_PAGES = re.compile(r"(?<=\w)\s*,\s*(?:\d+\s*)?\(\d+(?:[-–/]\d+)?\)"
                              r"(?:\s*[,:]\s*(?!(?:19|20)\d\d\W*$)[a-z]{0,4}\d[\w.]*(?:\s?[-–]+\s?[a-z]{0,4}\d[\w.]*)?)?\W*$")
# Volume and pages around the year: ``Pond Review 59.1 (2017): 22``, ``Pond Notes, 2008, 5034: 337-348``.
_AROUND_YEAR = re.compile(
    r"\s+\d+(?:\.[\d-]+)?\s*(\((?:19|20)\d\d\))(?::\s*[\w–-]+)?\W*$|"
    r"(,\s*(?:19|20)\d\d)(?:,\s*\d+(?:\s*\(\w+\))?)?(?:\s*:\s*[\w–-]+)?\W*$")
_YEAR_AND_VOLUME = re.compile(
    r"(?<=\b(?:19|20)\d\d);\s*\d+\s*(?:\([\w. -]+\))?(?:\s*:\s*\w+(?:[-–]\w+)?)?\W*$")
_NUMBERED_PARTS = re.compile(r"(?:^|,?\s+)(?:vol(?:ume)?|no|issue|num)\.?\s?\d+[\w./–-]*(?=\W*$|,)", re.I)
_CJK = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_PUBLISHER = re.compile(r"(?<=[\w)])[.,]\s+(?:ieee|acm|springer|elsevier|pmlr|wiley|(?:aaai|mit|cambridge university|"
                        r"oxford university) press)(?:,\s[A-Z][a-z]+)*(?=\W*(?:(?:19|20)\d\d\W*)?$)", re.I)
_VOLUME_ALONE = re.compile(r"(?<=[\w)])[.,]\s+vol\.?\s*\d+(?=[.,]\s)", re.I)
# The mark of a journal, proceedings, thesis ... in Chinese references (GB/T 7714): ``[J] Name``, ``[C]//Proceedings``.
_KIND_OF_WORK = re.compile(r"^\W*[JCMDR](?:/OL)?\]\W*")
_SYMBOLS = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf\u2b50\ufe0f]+")
_PART_OF_A_VENUE = re.compile(r"[@+-]?(?:w|ws|workshops?|findings|companion|demos?|industry|adjunct)$")
_FEW_WORDS = 4
_JOINED_LABEL = re.compile(r"\s*(?P<year>[0-4]\d|(?:19|20)\d\d)_(?:(?P<venue>[A-Z][A-Za-z&-]{1,15})_)?(?=[A-Z])")
_PLACED = re.compile(r"(?:at|on|for|to|(?P<led>in:?|published in|发表[于在]|accepted (?:by|at|to)|appeared in))\s+"
                     r"(?=\S)|"
                     r"(?:conference|journal|venue)\s+(?=(?-i:[A-Z][\w-]*[A-Z]))", re.I)
_PADDING = " \t\n,.;:|，。；：｜·•-–—/'’‘`´\"“”*_()[]{}（）【】「」〔〕"


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
    text = _without_details(text).strip(_PADDING)
    if not text or len(text) > _LONGEST_LABEL or text.count(" ") > _MOST_WORDS:
        return None
    if len(text) < 40 and _FILLERS.fullmatch(text):
        return Label(remark=text)
    if "_" in text and (joined := _JOINED_LABEL.match(f"{text}_X")):
        return _read_joined(joined)
    if not (trusted or may_hold_label(text)):
        return None
    date, rest = take_date(text) if _DIGIT.search(text) else ({}, text)
    remarks = [found[0] for found in _FILLERS.finditer(rest)]
    venue = " ".join(_FILLERS.sub(" ", rest).split()) if remarks else rest
    venue, led = _without_lead(_HOLLOW.sub("", venue).strip(_PADDING))
    if venue and not _is_venue(venue, dated="year" in date, trusted=trusted or led and "year" in date):
        return None
    if not venue and not date:
        return Label(remark=", ".join(remarks)) if remarks and trusted else None
    return Label(venue=_tidy_venue(venue), remark=", ".join(remarks), **date)


def _without_details(text: str) -> str:
    """A label without volume, pages, publisher and pictures."""
    if not text.isascii():
        text = _SYMBOLS.sub(" ", text)
    if ("p" in text or ":" in text) and _DIGIT.search(text):
        text = _PAGES.sub("", text)
    if ";" in text:
        text = _YEAR_AND_VOLUME.sub("", text)
    if "," in text and _DIGIT.search(text):
        text = _NUMBERED_PARTS.sub("", text)
    if "]" in text:
        text = _KIND_OF_WORK.sub("", text)
    if "(" in text or "[" in text:
        text = _ISSUE_AND_PAGES.sub("", _DETAILS.sub("", text))
    if _DIGIT.search(text):
        text = _AROUND_YEAR.sub(lambda found: f" {found[1]}" if found[1] else found[2], text)
    return _PUBLISHER.sub("", _VOLUME_ALONE.sub("", text)) if ". " in text or ", " in text else text


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
        rf"\s*(?:(?P<date>20\d{{6}}|{YEAR}[-/.]\d\d?(?:[-/.]\d\d?)?|\d{{4}}['’])[\s:,]*)?"
        r"(?:In\s)?(?P<venue>[A-Z][A-Za-z&*+-]{0,16}?(?:\s(?:Findings|Workshop|Asia|MM))?\s?(?:['’‘`´-]\s?\d\d(?:\d\d)?|"
        r",?\s(?:19|20)\d\d|(?<=[A-Z]{3})[0-4]\d)"
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


def tells_venue(text: str) -> bool:
    """Whether a text is capitalised words and a year, as a venue's name is, known or not (``Pond Letters 2020``)."""
    found = _NAME_AND_YEAR.fullmatch(text.strip())
    return found is not None and found[1].lower() not in _BEFORE_A_YEAR


def _without_lead(venue: str) -> tuple[str, bool]:
    """A venue without the ``in`` or ``accepted at`` before it, and whether that says that a venue follows."""
    found = _PLACED.match(venue)
    return (venue[found.end():].strip(_PADDING), bool(found["led"])) if found else (venue, False)


def _is_venue(venue: str, *, dated: bool, trusted: bool) -> bool:
    """Whether a text names a venue: a known name, or a name's shape where a year or its place vouch for it."""
    words = _WORD.findall(venue)
    collection = bool(_COLLECTION.match(venue))
    if not words or len(words) > (_MOST_WORDS if collection else _MANY_WORDS):
        return False
    if _NO_VENUE.search(venue) or _SENTENCE_END.search(venue):
        return False
    if not dated and venue.lower() in _GENERIC:
        return False
    series = bool(_SERIES.fullmatch(venue))
    if ": " in venue and (len(words) > 5 or not (dated or trusted or series)):
        return False
    if not (trusted and dated) and _NAME_AND_STOP.match(venue) and not _VENUE_WORDS.search(venue):
        return False
    if _ORGANISATION.search(venue) and not _VENUE_WORDS.search(venue):
        return False
    if len(words) == 1 and words[0].lower() in _VENUES:
        return dated or trusted or is_known_venue(words[0])
    if len(words) <= _FEW_WORDS + 6 * dated and any(map(is_known_venue, words)) and not (
            len(words) > _FEW_WORDS and _READS_AS_TITLE.search(venue)):
        return len(words) <= _FEW_WORDS or bool(_VENUE_WORDS.search(venue)) or any(
            is_known_venue(part.partition(" ")[0]) for part in re.split(r"[,(]\s*", venue))
    if (len(words) <= 12 or collection) and not _READS_AS_TITLE.search(venue) and _VENUE_WORDS.search(venue) and venue[:1].isupper() and (
            dated or trusted or series or collection and len(words) > 2):
        return True
    if trusted and dated:
        return len(words) <= 8 and venue[:1].isalpha()
    return trusted and len(words) <= 5 and (
        any(letter.isupper() for letter in venue) or bool(_CJK.match(venue)))


@lru_cache(maxsize=20_000)
def is_known_venue(word: str) -> bool:
    """Whether a word is the usual short name of a venue."""
    word = word.strip(_PADDING)
    small = word.lower()
    if small not in _VENUES and _PART_OF_A_VENUE.sub("", small) not in _VENUES and not (
            "-" in small and all(part in _VENUES for part in small.split("-"))):
        return False
    # Short names are written in capitals; in small letters they are ordinary words (date, vis, cell).
    return sum(letter.isupper() for letter in word) > 1 or small in _PLAIN_VENUES


def _tidy_venue(venue: str) -> str:
    """A venue without the padding and the halves of brackets a date leaves behind."""
    venue = re.sub(r"[\s,]*/\s*\d{1,2}$", "", venue).strip(_PADDING.replace(")", "").replace("(", ""))
    if venue.count("(") == venue.count(")") + 1 and "(" in venue.strip("("):
        venue += ")"
    venue = _ARXIV_AGAIN.sub("", _VOLUME.sub("", venue))
    if venue.count("(") != venue.count(")"):
        venue = venue.strip("()")
    return re.sub(r"\s+([,;:])", r"\1", venue).strip(" ,;:-/")
