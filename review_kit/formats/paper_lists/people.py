"""Lists of people as paper lists print them, told apart from titles, venues and remarks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ...latex import plain_latex
from ...text import split_names
from .venues import is_known_venue

# Names in our form, and whether ``et al.`` stood behind them.
People = tuple[tuple[str, ...], bool]

_PARTICLES = frozenset("van von de der den del della di da dos du la le el al bin ibn ben ter ten zu af av y e "
                       "st 't ’t".split())
_NOT_NAMES = frozenset(
    "a the of for in on with via using to from by is are as at into towards toward over under beyond through between "
    "among within "
    "does your my this that "
    "how why what when where which who we our its their not no new learning network networks neural deep model "
    "models modeling "
    "language large vision visual data dataset datasets benchmark benchmarks survey review analysis system "
    "systems medical image "
    "images imaging text video audio speech graph graphs knowledge reasoning training generation generative "
    "detection recognition "
    "classification segmentation retrieval augmented based driven aware free shot few zero one multi cross self "
    "supervised "
    "unsupervised reinforcement transformer transformers attention agent agents chain thought prompt prompting "
    "tuning fine "
    "pre trained pretraining pretrained adaptation domain transfer representation representations understanding "
    "question "
    "answering evaluation evaluating improving enhancing efficient robust unified general towards foundation "
    "multimodal clinical "
    "health healthcare biomedical radiology pathology chest report reports diagnosis paper papers code project "
    "page website "
    "pdf link links github arxiv abstract introduction conference workshop journal proceedings oral spotlight "
    "poster award best "
    "demo blog tutorial slides version official implementation note notes see also here more details related work "
    "table figure section contents overview resources tools libraries frameworks application applications method "
    "methods "
    "approach approaches framework task tasks theory optimization inference scaling alignment safety bias "
    "diffusion none null tbd n/a unknown anonymous".split())
# Words of titles that are names beside initials, or once among other names (``J. Motion``, ``Nick Reading``).
_TITLE_WORDS = frozenset(
    "simple effective systematic adversarial object scale scaled convolutional meta generalization synthesis "
    "estimation anomaly distribution guided dynamic evidence design context assessment feature features semantic "
    "contrastive comprehensive comprehension reading structure structured modal memory federated adaptive "
    "tracking resolution information scene scenes planning translation response online causal critical "
    "performance identification processing generating latent exploring automated recommendation extraction "
    "architecture architectures policy discovery continual quality artificial strategies sequence sequences "
    "augmentation semi conditional attacks molecular enhanced distillation development dynamics automatic "
    "recurrent hierarchical effect effects hybrid probabilistic perspective embedding embeddings sensing "
    "reduction improved evolution benchmarking feedback autonomous algorithm algorithms problem problems privacy "
    "parameter parameters bayesian editing universal joint decision process enhancement complex variational "
    "summarization studies simulation reconstruction engineering dialogue scientific intelligence navigation "
    "interactive improve events sparse motion clustering videos environmental accurate unlearning techniques "
    "surgical robustness recommender protein manipulation database depth empirical dual comparison changes "
    "specific fusion driving denoising oriented influence linear properties function assessing mining distributed "
    "physical interpretable environments stochastic regression reference multilingual matching frequency encoder "
    "decoder continuous optimal integrated communication results predicting prediction current behavior questions "
    "query infrastructure uncertainty leveraging integrating generalized explainable computational agentic "
    "trajectories scalable localization learned encoding detecting advances accuracy rethinking practical mixture "
    "integration generated rendering monitoring supervision structural relationship opportunities measurement".split())
# Ordinary words with the marks behind them; ``A.`` and ``A,`` are initials.
_COMMON_WORDS = _NOT_NAMES | _TITLE_WORDS | {
    word + mark for word in _NOT_NAMES | _TITLE_WORDS if len(word) > 1 for mark in ".,:"}
# No names where they are written in capitals; Gan, Do or Bert may be one.
_ACRONYMS = frozenset("llm llms vlm mllm gpt bert clip nerf gan rl rlhf sft cot rag moe vqa qa nlp cv ai ml".split())
_WORD = re.compile(r"(?:[A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩА-Я]|[dlO]['’][A-ZÀ-Þ]|Mc|al-|el-)[\w'’.‐-]*")
# ``PondTableQuestions`` and ``PondQA`` are names of works.
_NAME_OF_WORK = re.compile(r"[a-z][A-Z]\w*[a-z][A-Z]|[a-z][A-Z]{2,}$")
_CJK_NAME = re.compile(r"[\u4e00-\u9fff·]{2,5}|[\u3040-\u30ff\u4e00-\u9fff]{2,8}|[\uac00-\ud7af]{2,4}")
_MIXED_SCRIPTS = re.compile(r"[A-Za-z][\u4e00-\u9fff]|[\u4e00-\u9fff][A-Za-z]")
# Marks of footnotes, remarks and pictures among names.
_NOISE = re.compile(r"(?<=\w)/?[*∗⁎†‡§¶#]+|(?<=[^\W\d_])\d{1,2}(?:,\d{1,2})*(?=[,;.]?\s|,?$)|"
                    r"\s*[(（](?:[*†‡§]|equal|co-?first|corresponding)[^()（）]*[)）]|"
                    r"[\U0001f300-\U0001faff\u2600-\u27bf]", re.I)
_NOISE_SIGN = re.compile(r"[*#†‡§¶(\d]|[^\x00-\xff]")
_AFFILIATION = re.compile(r"\s*[(（][^()（）]*\b(?:universit\w+|institut\w*|college|school|academy|laborator\w+|"
                          r"labs?)\b[^()（）]*[)）]", re.I)
_NO_PEOPLE = re.compile(r"^An [A-Z]|https?:|[?!=<>{}]|\d{3}|发表")
_SMALL_WORD = re.compile(r"(?:(?<=\s)|^)[a-z]{2,}")
_INITIALS = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž]\.?(?:-?[A-Z]\.?){0,2}")
_AROUND = " \t\n,;:·•-–—|[]*_"
_AROUND_ALL = f"{_AROUND}()（）."
# Where people work, in brackets behind the last of them.
_WORKPLACE = re.compile(
    r"([^()]*\w[^()]*[\w.])\s*\((?=[^()]*[a-z]{3})[A-Z][^()\d]*[\s-][^()\d]*\)\.?")
# Names left out before the last: ``Dam, B., … Ek, C.``.
_LEFT_OUT = re.compile(r"(?:…|\.\.\.)\s*(?=&|[A-Z])")
_CUT_SHORT = re.compile(r"\b[A-Z]$|\bal$")
_LEAD = re.compile(r"(?:by|[A-Z][\w-]+ Team:|authors?\s*[:：]|作者\s*[:：])\s*", re.I)
_FIRST_TURNED = re.compile(
    r"(?P<family>(?:(?:van|von|de|der|del|la|le|den|di|(?:Van|Von|De)(?=\s[^\s,]+,\s[^\s,]+,))\s+)*[^\W\d_][\w'’-]+),\s+"
    r"(?P<given>[^\W\d_][\w'’-]*\.?(?:\s+(?!and\b)[^\W\d_][\w'’-]*\.?){0,2}),\s+(?:and\s+|&\s*)?"
    r"(?P<others>\S+\s.*)", re.S)
# No name has more words; of so many some must be divided.
_LONGEST_NAME, _MANY_WORDS = 6, 4
_DIVIDES_NAMES = re.compile(r"[,;，；、|&＆·•]|\b(?:and|und|with)\b", re.I)
_ALL_TURNED = re.compile(r"(?:[^\W\d_][\w'’-]+, [^\W\d_][\w'’-]+(?: [\w'’.-]+)?, )+(?:and|&) "
                         r"[^\W\d_][\w'’-]+, [^\W\d_][\w'’-]+(?: [\w'’.-]+)?")
# Single words in an odd number are no family and given names: ``Lee, Dam, Ek``.
_BETWEEN = re.compile(r",\s+(?:(?:and|&)\s+)?|\s+(?:and|&)\s+")
_SURNAME = re.compile(r"(?:(?:[Ll]e|[Ll]a|[Dd]e|[Dd]i|[Vv]an|[Vv]on|der|den)\s)*[^\W\d_a-z][\w'’-]*[a-z][\w'’-]*")
# ``A.Lee``.
_GLUED_INITIAL = re.compile(r"(?<![^\W_])([A-Z]\.)(?=[A-Z][a-z])")
# As much may stand behind ``et al.`` where a text cites: ``Lee et al. (2021a)``.
_LONGEST_DATE = 10
_SUFFIXES = frozenset(("II", "III", "IV", "Jr", "Jr.", "Sr", "Sr."))
_OF_SOMETHING = ("'s", "’s")
_JOINED = re.compile(r"\band\b|&")
_COMMON = _PARTICLES | {"and", "et", "al", "others"}
_ET_AL = re.compile(r"\bet\.?\s*al\b\.?|\band others\b|等人?(?=$|[\s,，.。)）])", re.I)


def read_people(text: str, *, lone: bool = False) -> People | None:
    """Read a text that lists people and nothing else.

    Parameters
    ----------
    text
        Text after (or before) a title.
    lone
        Whether its setting (italics, a line or column of its own) vouches for a single word or organisation.

    Returns
    -------
    tuple of names and bool, or None
        Names in our form and whether ``et al.`` stood there; None where the text is something else.
    """
    found = _read_names(text.strip(_AROUND))
    return None if found is None or found.needs_setting and not lone else (found.names, found.et_al)


@dataclass(frozen=True)
class _Names:
    """The names of a text, and whether its setting must vouch for them."""

    names: tuple[str, ...]
    et_al: bool
    needs_setting: bool


@lru_cache(maxsize=20_000)
def _read_names(text: str) -> _Names | None:
    """The names a text lists; None where it is something else, whatever its setting."""
    if "(" not in text and text.count(" ") > _LONGEST_NAME and not _DIVIDES_NAMES.search(text):
        return None  # quickly told, as it is asked of every title
    text = _without_remarks(text)
    if not text or len(text) > 6000 or _NO_PEOPLE.search(text) or _is_sentence(text):
        return None
    if text.count(" ") >= _LONGEST_NAME and not _DIVIDES_NAMES.search(text):
        return None
    if " with " in text and "," not in text:
        return None
    names, et_al = _split(text)
    doubtful = [name for name in names if not _is_person(name)]
    # In a long list a name that is also a word ("Can Xu") is no reason to doubt the list.
    few = len(names) >= 4 and len(doubtful) <= len(names) / 6 or (
        len(names) >= 3 and len(doubtful) == 1 and all(" " in name for name in names)
        and doubtful[0].partition(",")[0].lower() in _TITLE_WORDS)
    careless = not few and bool(doubtful) and _are_carelessly_typed(names, doubtful)
    if not names or doubtful and not ((few or careless) and all(_is_person(name, words=True) for name in doubtful)):
        return None
    if any(name.count(" ") >= _MANY_WORDS and _has_too_many_words(name) for name in names):
        return None
    many = len(names) == 1 and not et_al and "," not in text and _has_too_many_words(names[0])
    chinese = len(names) > 1 and all(_CJK_NAME.fullmatch(name) for name in names)
    surnames = not any("," in name for name in names)
    told = et_al or chinese or (len(names) > 1 and bool(_JOINED.search(text)))
    return _Names(tuple(names), et_al, careless or many or surnames and not told)


def _without_remarks(text: str) -> str:
    """A list of people without footnote marks, places of work and the words before it."""
    if text[:1] == "(" and text.count("(") == 1:
        text = text.strip(_AROUND_ALL)
    if _NOISE_SIGN.search(text):
        text = _NOISE.sub("", _AFFILIATION.sub("", text))
    if text.rstrip(".").endswith(")") and (found := _WORKPLACE.fullmatch(text)):
        text = found[1]
    if "{" in text and "\\" in text:
        text = plain_latex(text)
    text = _GLUED_INITIAL.sub(r"\1 ", text) if "." in text else text
    text = _LEFT_OUT.sub("", text) if "…" in text or "..." in text else text
    text = text.strip(_AROUND_ALL)
    text = f"{text}." if _CUT_SHORT.search(text[-3:]) else text
    return text[lead.end():] if (lead := _LEAD.match(text)) else text


def _are_carelessly_typed(names: list[str], doubtful: list[str]) -> bool:
    """Whether, of full names, no more than a third have nothing against them but a small letter (``bo Dam``)."""
    return (len(names) > 2 and 3 * len(doubtful) <= len(names) and all(" " in name for name in names)
            and all(name != name.title() and _is_person(name.title()) for name in doubtful))


def _split(text: str) -> tuple[list[str], bool]:
    """The names of a list; where the first or all are turned round (``Lee, Ann, and Dam, Bo``) two parts are one."""
    joined = " and " in text or "&" in text
    if joined and _ALL_TURNED.fullmatch(text):
        words = [word.removeprefix("and ").strip("& ") for word in text.split(", ")]
        return [f"{family}, {given}" for family, given in zip(words[::2], words[1::2])], False
    words = _BETWEEN.split(text) if joined or text.count(",") % 2 == 0 else []
    if len(words) > 2 and len(words) % 2 and all(map(_SURNAME.fullmatch, words)):
        return words, False
    found = _FIRST_TURNED.fullmatch(text)
    others = found["others"].split(",") if found else []
    if found and (len(others) < 3 or all(" " in name.strip() for name in others)):  # else no more are found so
        names, et_al = split_names(found["others"])
        if names and all(" " in name for name in names):
            return [f"{found['family']}, {found['given']}", *names], et_al
    return split_names(text)


def _is_sentence(text: str) -> bool:
    """Whether so many words are common ones or in small letters that a text cannot be a list of people."""
    words = text.lower().split()
    if len(words) > 3 and 4 * sum(map(_COMMON_WORDS.__contains__, words)) > len(words):
        return True
    small = [word for word in _SMALL_WORD.findall(text) if word not in _COMMON]
    return len(small) > 1 and len(small) * 6 > text.count(" ") + 1


def _has_too_many_words(name: str) -> bool:
    """Whether four words or more, none of them an initial or a particle, are hardly the name of one person."""
    words = name.replace(",", " ").split()
    return len(words) > 3 and not any(_INITIALS.fullmatch(word) or word.lower() in _PARTICLES for word in words)


def _is_word(name: str) -> bool:
    """Whether part of a name is an ordinary word of titles."""
    small = name.lower().strip(".")
    return small in _NOT_NAMES or small in _ACRONYMS and sum(map(str.isupper, name)) > 1


def is_one_of_people(text: str, start: int, end: int) -> bool:
    """Whether words set apart are one name among others (``Ann Lee, **Bo Dam**, Cy Ek``)."""
    listed = text[end:end + 1] == "," or text[max(0, start - 2):start].rstrip()[-1:] == ","
    return listed and read_people(text[start:end], lone=True) is not None


def split_at_et_al(text: str) -> tuple[str, str] | None:
    """The text up to and with ``et al.``, and what follows; None where it does not stand there."""
    found = _ET_AL.search(text)
    return (text[:found.end()], text[found.end():]) if found else None


def read_citing(text: str) -> tuple[People, str] | None:
    """The people of a text that only cites them, and the date behind (``Lee et al., 2023``); None for other texts."""
    found = split_at_et_al(text)
    if found is None or len(found[1]) >= _LONGEST_DATE or (people := read_people(found[0])) is None:
        return None
    return people, found[1]


@lru_cache(maxsize=20_000)
def _is_person(name: str, *, words: bool = False) -> bool:
    """Whether a name in our form has the shape of a person's name; `words` lets any words pass."""
    if not name.isascii() and _CJK_NAME.fullmatch(name.replace(", ", "")):
        return True
    if not name.isascii() and _MIXED_SCRIPTS.search(name):
        return False
    parts = name.replace(",", " ").split()
    if not 1 <= len(parts) <= _LONGEST_NAME or name.endswith(_OF_SOMETHING) or _OF_SOMETHING[0] + " " in name:
        return False
    initials = any(map(_INITIALS.fullmatch, parts))
    for word in parts:
        if word in _SUFFIXES or word.lower() in _PARTICLES:
            continue
        if is_known_venue(word):
            return False
        if _INITIALS.fullmatch(word):
            continue
        if word.endswith(".") or _NAME_OF_WORK.search(word) or not (words or initials) and word.lower() in _TITLE_WORDS:
            return False
        if not (word.replace("-", "").isalpha() if words else _WORD.fullmatch(word) and not _is_word(word)):
            return False
    return True
