"""The names of venues: which words are one, known or by their shape, and how it is tidied."""

from __future__ import annotations

import re
from functools import lru_cache

# Names by which lists call venues; any of them alone makes a label. Longer names are recognised by their words below.
_VENUES = frozenset(
    "3dv aaai atc fccm fpga "
    "aacl aamas accv acl acmmm acm-mm aclw aistats alt apsec arxiv ase asplos asru automl aacl-ijcnlp "
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
PLAIN_VENUES = frozenset("arxiv biorxiv medrxiv preprint interspeech neurocomputing nature science "
                          "bioinformatics radiology "
                          "eurographics openreview techreport lancet".split())
_VENUE_WORDS = re.compile(
    r"\b(?:conference|workshop|symposium|proceedings|proc\.?|journal|transactions|trans\.|letters|magazine|"
    r"review|reviews|nature|"
    r"science|lancet|jama|ieee|acm|springer|elsevier|arxiv|preprint|findings|tracks?|communications|medicine|medical|"
    r"informatics|annals|archives|frontiers|npj|plos|cell|bulletin|bmc|advances|scientific|reports|neural networks|"
    r"machine (?:intelligence|learning$)|"
    r"pattern recognition|computing|radiology|pathology|bioengineering|bioinformatics|artificial "
    r"intelligence|information fusion|technical report|press|sensors|electronics|surveys?|open$|neuroscience|"
    r"engineering|"
    r"foundations and trends|"
    r"nat|med|sci|comput|eng|commun|lett|mach|intell|biol|phys|chem|surg|oncol|imaging|knowledge-based|expert "
    r"systems|applied|innovation|digital|access|thesis|dissertation|blog)\b", re.I)
_WORD = re.compile(r"[^\s,;:/()]+")
# Initials before a comma or ``&`` are people's.
_NO_VENUE = re.compile(r"https?:|[?!\"“”]|\]\s+\w|\)\s*\*?[\[(]|(?:^|, )[A-Z]\.\s?[A-Z][\w'’-]+,|\b[A-Z]\.(?:,|\s&)|"
                       r"\bet\.? al\b|"
                       r"[A-Z][\w'’-]+ [A-Z][\w'’-]+; [A-Z][\w'’-]+ [A-Z]|, [A-Z][\w'’-]+ and [A-Z][\w'’-]+, [A-Z]")
# Journals of a family: ``Radiology: Artificial Intelligence``.
_SERIES = re.compile(
    r"(?:radiology|cell|jmir|lancet|nature|science|plos|acm|ieee|frontiers)(?:\s\w+)?:\s\w+(?:\s\w+)?", re.I)
# No venue is cut short to so long a word.
_READS_AS_TITLE = re.compile(r"^(?:An?|Towards?|How|Why|What|On) |^(?!.*(?:Workshop|Conference|Symposium|Track)).*"
                             r"\b(?:from|with|via|using|towards?|through|without|under|beyond|into|by|are|is)\b")
# How the names of journals end, beside a year: ``Chemical Science``, ``Computational Linguistics``.
_FIELDS = re.compile(
    r"\b(?:research|sciences?|physics|chemistry|biology|linguistics|statistics|psychology|economics|genetics|genomics|"
    r"graphics|robotics|mathematics|cybernetics|quarterly|materials|ethics|forum|summit|cognition|society|computation|technology|"
    r"therapeutics|oncology|ecology|mechanics|geoscience|photonics|optics)$", re.I)
_INITIAL_AND_NAME = re.compile(r"[A-Z]{2} [A-Z][a-z]+")
_TITLED = re.compile(r"[A-Z][\w-]*(?:\s(?:[A-Z][\w-]*|of|in|and|the|for|&)){1,5}")
_PUBLISHER = re.compile(r"MIT Press|Curran Associates(?:,? Inc)?|Morgan Kaufmann")
_SENTENCE_END = re.compile(r"[A-Za-z]{8,}\.\s+[A-Z]")
# How the long names of journals and proceedings begin.
COLLECTION = re.compile(r"(?:Proceedings|Transactions|Journal|Annals|Archives) o[fn]\b|"
                         r"(?:IEEE|ACM)(?:/\w+)? (?:Trans|Conf|J)|"
                         r"Advances in Neural|Findings of\b|\d*(?:st|nd|rd|th)? ?(?:Annual|International|European) ")
_NAME_AND_YEAR = re.compile(
    r"([A-Z][\w.&-]*)(?:\s+(?:[A-Z][\w.&-]*|of|in|on|for|and|the|&)){0,6},?\s+\(?(?:19|20)\d\d\)?")
_BEFORE_A_YEAR = frozenset("winter spring summer fall autumn updated update last version since until before after "
                           "early late mid from in accessed released published best top by the a as".split())
_GENERIC = frozenset("survey surveys review journal conference workshop proceedings report blog thesis press open "
                     "access preprinted in".split())
LONGEST_LABEL, MOST_WORDS, _MANY_WORDS = 200, 20, 14
_ORGANISATION = re.compile(r"\b(?:university|institute|college|laborator(?:y|ies)|department)\b", re.I)
_NAME_AND_STOP = re.compile(r"[A-Z][\w-]+ [A-Z][\w-]+\. ")
_VOLUME = re.compile(r"[\s,]+\.?(?:\d+\s?(?:\.\d+|\(\d+\)|,\s?\d+)|\d{5,}|vol\.?\s*\d+)$|,\s?\d{1,3}$|"
                     r"(?<=arxiv)[:\s]\s?\d{4}\.\d{4,5}(?:v\d+)?$", re.I)
_ARXIV_AGAIN = re.compile(r"(?<=preprint)\s+arxiv$", re.I)
_CJK = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_PART_OF_A_VENUE = re.compile(r"[@+-]?(?:w|ws|workshops?|findings|companion|demos?|industry|adjunct)$")
_FEW_WORDS = 4
PADDING = " \t\n,.;:|，。；：｜·•-–—/'’‘`´\"“”*_()[]{}（）【】「」〔〕"


def tells_venue(text: str) -> bool:
    """Whether a text is capitalised words and a year, as a venue's name is, known or not (``Pond Letters 2020``)."""
    found = _NAME_AND_YEAR.fullmatch(text.strip())
    return found is not None and found[1].lower() not in _BEFORE_A_YEAR


def is_venue(venue: str, *, dated: bool, trusted: bool) -> bool:
    """Whether a text names a venue: a known name, or a name's shape where a year or its place vouch for it."""
    words = _WORD.findall(venue)
    collection = bool(COLLECTION.match(venue))
    if not words or len(words) > (MOST_WORDS if collection else _MANY_WORDS):
        return False
    if _NO_VENUE.search(venue) or _SENTENCE_END.search(venue):
        return False
    if not dated and venue.lower() in _GENERIC or _PUBLISHER.fullmatch(venue):
        return False
    first, dash, _ = venue.partition(" - ")
    if dash and not (is_known_venue(first.partition(" ")[0]) or COLLECTION.match(first)
                     or first.count(" ") < _FEW_WORDS and _VENUE_WORDS.search(first)):
        return False
    if _INITIAL_AND_NAME.fullmatch(venue) and not (_VENUE_WORDS.search(venue) or _FIELDS.search(venue)):
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
    if dated and _TITLED.fullmatch(venue) and _FIELDS.search(venue) and not _READS_AS_TITLE.search(venue):
        return True
    vouched = dated or trusted or series or collection and len(words) > 2
    if vouched and (len(words) <= 12 or collection) and venue[:1].isupper() and (
            _VENUE_WORDS.search(venue) and not _READS_AS_TITLE.search(venue)):
        return True
    if trusted and dated:
        return len(words) <= 8 and venue[:1].isalpha()
    return trusted and len(words) <= 5 and (
        any(letter.isupper() for letter in venue) or bool(_CJK.match(venue)))


@lru_cache(maxsize=20_000)
def is_known_venue(word: str) -> bool:
    """Whether a word is the usual short name of a venue."""
    word = word.strip(PADDING)
    small = word.lower()
    if small not in _VENUES and _PART_OF_A_VENUE.sub("", small) not in _VENUES and not (
            ("-" in small or "@" in small) and all(part in _VENUES for part in re.split("[-@]", small))):
        return False
    # Short names are written in capitals; in small letters they are ordinary words (date, vis, cell).
    return sum(letter.isupper() for letter in word) > 1 or small in PLAIN_VENUES


def tidy_venue(venue: str) -> str:
    """A venue without the padding and the halves of brackets a date leaves behind."""
    venue = re.sub(r"[\s,]*/\s*\d{1,2}$", "", venue).strip(PADDING.replace(")", "").replace("(", ""))
    if venue.count("(") == venue.count(")") + 1 and "(" in venue.strip("("):
        venue += ")"
    venue = _ARXIV_AGAIN.sub("", _VOLUME.sub("", venue))
    if venue.count("(") != venue.count(")"):
        venue = venue.strip("()")
    return re.sub(r"(?<=\w)-(?= )", "", re.sub(r"\s+([,;:])", r"\1", venue)).strip(" ,;:-/")
