"""Identifiers of papers in any of their spellings, and links: tidied, and told apart by what they lead to."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

from .link_kinds import label_kind, link_kind

__all__ = ["clean_arxiv_id", "clean_doi", "clean_url", "find_identifiers", "label_kind", "link_kind"]

_ARXIV_NEW = r"(?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.\d{4}(?!\d)|(?:1[5-9]|[2-9]\d)(?:0[1-9]|1[0-2])\.\d{5}(?!\d)"
# The archives of old ids, those that arXiv closed or renamed among them.
_ARCHIVES = (
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga "
    "funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph "
    "q-alg q-bio quant-ph solv-int stat supr-con").split()
_ARCHIVE = "|".join(sorted(_ARCHIVES, key=len, reverse=True))
_ARXIV_OLD = rf"(?:{_ARCHIVE})(?:\.[a-z]{{2,5}}(?:-[a-z]{{2,4}})?)?/\d{{7}}(?!\d)"
_ARXIV_ID = rf"(?P<id>{_ARXIV_NEW}|{_ARXIV_OLD})(?:v(?P<version>\d{{1,3}}))?"
# What may stand before an arXiv id: arxiv.org, its mirrors and readers, sites that address papers by it, words.
_BEFORE_ARXIV = (
    r"(?:[\w-]+\.)*arxiv\.org/+(?:ftp/arxiv/papers/\d+/|[\w-]{2,7}/+)?(?:arxiv:)?",
    r"\bxxx\.(?:[\w-]+\.)+\w+/(?:abs|pdf|ps)/",
    r"(?:[\w-]+\.)?ar5iv\.(?:labs\.arxiv\.)?org/(?:[\w-]+/)?",
    r"alphaxiv\.org/(?:[\w-]+/){1,3}",
    r"(?:huggingface\.co|\bhf[\w.-]*\.\w+)/(?:api/)?papers/",
    r"/arxiv[/:]",
    r"(?:arxiv-sanity(?:-lite)?|emergentmind|arxiv-vanity|themoonlight)\.[\w.]+/\S{0,80}?(?=\d{4}\.\d{4})",
    r"10\.48550/arxiv[./]",
    r"\barxiv\s*(?:preprint|e-?prints?)?\s*[,:]?\s*(?:arxiv\s*:)?\s*",
    r"\beprint\s*[:=]\s*",
)
_ARXIV = re.compile(rf"(?:{'|'.join(_BEFORE_ARXIV)}){_ARXIV_ID}", re.I)
_ARXIV_ALONE = re.compile(rf"\s*(?:arxiv\s*:\s*)?{_ARXIV_ID}(?:\.pdf)?(?:\s*\[[\w.-]+\])?\s*", re.I)
_DOI = re.compile(r"(?<![\d.])10\.\d{4,9}/(?:[^\s\"<>|\\^`]|<(?=\d)|(?<=\d)>(?=\d))+", re.I)
# ADS writes the id into its own code for a preprint: the digits, without a point where there are five after it.
_ADS = re.compile(r"\b\d{4}arxiv(\d{4})(\.\d{4}|\d{5})[a-z]\b", re.I)
# One that stands alone and has nothing to take off.
_PLAIN_DOI = re.compile(r"10\.(?!(?:1101|64898)/)\d{4,9}/[\w.:;()-]*\w")
# What publishers' links add to a DOI.
_DOI_REST = re.compile(
    r"(?:v\d+)?(?:[./](?:full|pdf|abstract|abs|epdf|meta|html|short|supplementary-material|fulltext|summary|download|xml)"
    r"(?:[-.+/]\w+)*)+$|(?<=\d)v\d+$|\.pdf$", re.I)
# Nature's article numbers are the tail of its DOIs.
_NATURE = re.compile(r"nature\.com/articles/(s\d{5}-\d{3}-[\w-]+|nature\d+|\w{2,8}\.\d{4}\.\d+)", re.I)
_OTHER_IDS = {kind: re.compile(pattern, re.I) for kind, pattern in {
    "pmid": r"(?:pubmed\.ncbi\.nlm\.nih\.gov/|nlm\.nih\.gov/(?:m/)?pubmed/|europepmc\.org/\w+/med/|"
            r"\b(?:pmid|pubmed\s?id)\s*[:=]?\s*)(?:\?term=(?=\d{5,8}(?:[&#\s[]|$)))?(\d{1,8})\b",
    "pmcid": r"\bPMC\s?(\d{5,9})\b|\bPMC(\d{3,4})\b|\bpmcid\s*[:=]?\s*(\d{3,9})\b",
    "acl": r"(?:aclanthology\.(?:org|info|coli\.uni-saarland\.de)|aclweb\.org)/(?:[\w-]+/){0,6}?"
           r"([A-Z]\d\d-\d{4}(?!\d)|\d{4}\.[a-z0-9_]+-[a-z0-9_]+\.\d+)",
    "openreview": r"openreview\.net/[a-z/]*\?(?:\S*?&)?id=([\w-]{6,})",
    "s2": r"semanticscholar\.org/(?:[^\s/]+/){1,5}?([0-9a-f]{40})\b|semanticscholar\.org/p/(\d+)|"
          r"\bcorpus\s?id[:/]\s*(\d+)",
    "hf": r"(?:huggingface\.co|\bhf[\w.-]*\.\w+)/(?:api/(?:models/)?)?"
          r"(papers/\d{4}\.\d{5}|datasets/[\w.-]+(?:/[\w.-]+)?|(?:spaces|collections)/[\w.-]+/[\w.-]+|"
          r"(?!(?:api|blog|docs|join|learn|login|models|new|organizations|papers|posts|settings|tasks)/)"
          r"[\w.-]+/[\w.-]+)",
}.items()}
# Words without which the slower patterns cannot match.
_BEFORE_ID = re.compile(r"arxiv|ar5iv|alphaxiv|/papers/|xxx\.|emergentmind|moonlight|eprint")
_SIGNS = {"pmid": ("pubmed", "pmid", "/med/"), "pmcid": ("pmc",), "acl": ("aclanthology", "aclweb"),
          "openreview": ("openreview",), "s2": ("semanticscholar", "corpus"), "hf": ("huggingface", "hf")}

# Parameters that only say where a reader came from or who shared the link; no site uses them for anything else.
_CERTAIN_TRACKING = re.compile(
    r"utm_\w+|[fgdy]clid|gbraid|wbraid|fbclid|msclkid|twclid|igshid|mc_[ce]id|_hs(?:enc|mi)|si|usp|sharing_token|dgcid|"
    r"frompaywallrec|spm(?:_id_from)?|vd_source|share_\w+|referrer|ab_channel|casa_token|wt\.\w+", re.I)
_TRACKING = re.compile(
    rf"{_CERTAIN_TRACKING.pattern}|ref(?:_src|_url|errer|erer)?|source|trk|share\w*|from(?:_search|url)?|via|cmpid|ncid|"
    r"sr_share|rss|_?ga|ga_\w+|s_cid|tracking\w*", re.I)
# On these sites `ref` and `source` name a version or a page, so only the certain parameters go.
_KEEPS_QUERY = re.compile(
    r"https?://(?:[\w.-]*\.)?(?:gitlab|bitbucket|google|acm|ieee|openreview|youtube|bilibili|zenodo)\b", re.I)
_PLAIN_URL = re.compile(r"https?://[\w-]+(?:\.[\w-]+)+(?:/[\w/.~%-]*[\w/-])?")
_BARE_HOST = re.compile(
    r"www\.|(?:[\w-]+\.)*(?:arxiv\.org|github\.com|huggingface\.co|doi\.org|openreview\.net|aclanthology\.org)/",
    re.I)


def find_identifiers(text: str) -> dict[str, str | int]:
    """Find the identifiers of one paper in a link or a piece of text; of each kind the first.

    Parameters
    ----------
    text
        A link, or text that may hold links and spelled-out identifiers (``arXiv:2503.13939v2``, ``PMID: 123``).

    Returns
    -------
    dict
        Any of ``doi`` (small letters, no resolver), ``arxiv_id`` (no version), ``arxiv_version``, ``pmid``, ``pmcid``,
        ``acl``, ``openreview``, ``s2`` (paper hash, or corpus id) and ``hf`` (``owner/name``, ``datasets/owner/name``).
    """
    text = unquote(html.unescape(text)) if "%" in text or "&" in text else text
    found: dict[str, str | int] = {}
    small = text.lower()
    doi = clean_doi(text) if "10." in small else ""
    if doi:
        found["doi"] = doi
    elif "nature.com" in small and (nature := _NATURE.search(text)):
        found["doi"] = "10.1038/" + nature[1].lower()
    if _BEFORE_ID.search(small) and (arxiv := _ARXIV.search(text)):
        found["arxiv_id"] = arxiv["id"] if "/" not in arxiv["id"] else _old_style(arxiv["id"])
        if arxiv["version"]:
            found["arxiv_version"] = int(arxiv["version"])
    elif "arxiv" in small and (code := _ADS.search(text)):
        found["arxiv_id"] = f"{code[1]}.{code[2].removeprefix('.')}"
    for kind, pattern in _OTHER_IDS.items():
        if any(sign in small for sign in _SIGNS[kind]) and (hit := pattern.search(text)):
            found[kind] = _normal(kind, next(group for group in hit.groups() if group))
    return found


def clean_doi(text: str) -> str:
    """Bring a DOI into its bare form: small letters, no resolver, no page suffix; empty if there is none."""
    if _PLAIN_DOI.fullmatch(text):
        return text.lower()
    text = unquote(html.unescape(text)).replace(r"\_", "_").replace("{", "").replace("}", "")
    hit = _DOI.search(text)
    if hit is None:
        return ""
    doi = re.split(r"[?#&]", hit[0])[0] if "//" in text else hit[0]
    doi = _without_tail(doi)
    doi = re.sub(r"(?<=\w)/\d{6,9}$", "", doi) if "oup.com/" in text else doi
    doi = _DOI_REST.sub("", doi) if "//" in text or doi.startswith(("10.1101/", "10.64898/")) else doi
    return doi.rstrip("/.").lower()


def clean_arxiv_id(text: str) -> tuple[str, int | None]:
    """Bring an arXiv id, in any spelling or link, into its bare form and its version; empty if there is none."""
    hit = _ARXIV_ALONE.fullmatch(text) or _ARXIV.search(unquote(text))
    if hit is None:
        return "", None
    version = int(hit["version"]) if hit["version"] else None
    return (_old_style(hit["id"]) if "/" in hit["id"] else hit["id"]), version


def clean_url(url: str) -> str:
    """Take from a link what does not belong to it: tracking parameters, glued braces, brackets and full stops.

    Parameters
    ----------
    url
        A link as printed.

    Returns
    -------
    str
        The link; one that only lacks ``https://`` gets it. A placeholder such as ``https://arxiv.org/abs/?`` stays.
    """
    if _PLAIN_URL.fullmatch(url):
        return url
    url = html.unescape(url.strip()).strip("<>\"'“”‘’ ") if url else ""
    url = re.split(r"[\s{}]|\\(?=[{}])", url)[0] if re.search(r"[\s{}]", url) else url
    url = re.sub(r"^(?:https?:/*)+(?=https?:/)", "", url, flags=re.I)
    url = re.sub(r"^(https?):/*(?=[^/])", r"\1://", url, flags=re.I)
    if _BARE_HOST.match(url):
        url = "https://" + url
    url = _without_tail(url)
    return _without_tracking(url) if "?" in url else url


def _old_style(arxiv_id: str) -> str:
    """An old-style arXiv id as arXiv writes it: ``math.GT``, ``cond-mat.mes-hall``."""
    archive, number = arxiv_id.lower().split("/")
    name, dot, subject = archive.partition(".")
    return f"{name}{dot}{subject.upper() if len(subject) == 2 else subject}/{number}"


def _normal(kind: str, value: str) -> str:
    """The normal form of one of the other identifiers."""
    if kind == "pmcid":
        return f"PMC{value}"
    if kind == "acl" and value[0].isalpha():
        return value.upper()
    return value.lower() if kind in ("acl", "s2") else value.rstrip(".")


def _without_tail(link: str) -> str:
    """A link or DOI without punctuation at its end; a closing bracket stays where one was opened."""
    while link:
        last = link[-1]
        unopened = last in ")]}" and link.count(last) > link.count({")": "(", "]": "[", "}": "{"}[last])
        if last not in ".,;:!'\"*`’”、。，；|" and not unopened:
            break
        link = link[:-1]
    return link


def _without_tracking(url: str) -> str:
    """A link without the parameters that only say where its reader came from."""
    place, _, rest = url.partition("?")
    query, hash_sign, fragment = rest.partition("#")
    parts = re.split(r"&|\?(?=utm_)", query)
    tracking = _CERTAIN_TRACKING if _KEEPS_QUERY.match(url) else _TRACKING
    kept = [part for part in parts if not _is_tracking(part, tracking)]
    if len(kept) == len(parts):
        return url
    return place + ("?" + "&".join(kept) if kept else "") + hash_sign + fragment


def _is_tracking(part: str, tracking: re.Pattern[str]) -> bool:
    """Whether a part of a query says nothing about the page.

    A word without a value is the page itself (``?source``), except the one ScienceDirect adds; ``from=2020`` begins a
    span of years.
    """
    name, equals, value = part.partition("=")
    if part.lower() == "via%3dihub":
        return True
    return bool(equals and tracking.fullmatch(name)) and not (name.lower() == "from" and value.isdigit())
