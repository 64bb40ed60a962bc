"""Defects of links: what is wrong with an address itself, and with what it is said to be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..identifiers import clean_arxiv_id, clean_doi, clean_url, link_kind
from .kinds import Finding, Findings, Record

# What stands where a link should be.
_PLACEHOLDER = re.compile(
    r"(?:https?://)?(?:\?+|#|x{2,}|n/?a|none|null|nil|tbd|tba|tbc|todo|soon|coming(?:[-_ ]|%20)*soon|links|placeholder|"
    r"(?:paper|code|github|project|pdf|arxiv)?[-_ ]?(?:link|url)|your[-_ ].*|\.\.\.|…|-+|_+)/?", re.I)
_PLACEHOLDER_PART = re.compile(
    r"//(?:www\.)?(?:example\.(?:com|org)|your[-_]?(?:site|domain))|"
    r"/(?:your[-_]?(?:name|repo\w*|username|paper\w*)|x{3,}(?:\.x+)?|y{2,}mm\.\w+)(?:/|$)|"
    r"/(?:abs|pdf|html)/(?:[?#x.\-]*|n/?a|todo|tbd|none|null)$|[<{\[](?:link|url|id|paper)[}\]>]", re.I)
_ARXIV_PATH = re.compile(r"arxiv\.org/(?:abs|pdf|html)/(?P<rest>[^?#]*)", re.I)
_DOI_PATH = re.compile(r"//(?:dx\.)?doi\.org/(?P<rest>.*)", re.I)
# The short form that shortdoi.org gives.
_SHORT_DOI = re.compile(r"10/[a-z0-9]{3,10}", re.I)

_MIRRORS = tuple((re.compile(pattern, re.I), original) for pattern, original in (
    (r"^(?:hf|huggingface)\.(?!co$|space$)[\w.-]+$|^hf-mirror\.com$", "huggingface.co"),
    (r"^(?:cn|de|fr|es|uk|jp|lanl|xxx|aps)\.arxiv\.org$|^xxx\.\w+\.\w+(?:\.\w+)?$|^arxiv\.(?!org$|paperswithcode)[\w.-]+$",
     "arxiv.org"),
    (r"^(?:hub\.fastgit|kgithub|githubfast|gitclone|hub\.njuu|bgithub|dgithub)\.\w+|^ghproxy\.|^gh-proxy\.|^hub\.gitmirror\.",
     "github.com"),
    (r"^sci-hub\.|^libgen\.|^z-lib", "doi.org"),
    (r"\.(?:dpdns\.org|duckdns\.org|ngrok\.io|ngrok-free\.app|trycloudflare\.com|workers\.dev|eu\.org)$", ""),
    (r"(?:^|[.-])(?:ez|lib|web|sci)?-?prox[yi]\d*(?:[.-]|$)|ezproxy|libproxy|webvpn|\.idm\.oclc\.org$|\.translate\.goog$|"
     r"^webcache\.googleusercontent\.com$|^r\.jina\.ai$|^12ft\.io$", ""),
))
_SECONDARY = re.compile(r"^(?:(?:www|browse|export)\.arxiv|(?:www\.)?ar5iv(?:\.labs\.arxiv)?|(?:www\.)?alphaxiv)\.org$")
_SHORTENERS = frozenset(
    "bit.ly goo.gl goo.gle t.co tinyurl.com is.gd ow.ly buff.ly rb.gy cutt.ly dwz.cn t.cn reurl.cc shorturl.at s.id "
    "lnkd.in tiny.cc rebrand.ly aka.ms g.co urlz.fr suo.im 0x9.me".split())
# Code is also kept in places that do not look like it, so an unknown place with one of these words is believed.
_MAY_BE_CODE = re.compile(
    r"code|source|src|software|download|\.(?:zip|tgz|tar|gz|rar|7z|py|m|r|ipynb|html?#code)\b|\bgit\b|gitlab|gitee|svn|matlab|toolbox|release|cran\.|"
    r"pypi|npmjs|docker|implementation|zenodo|figshare|osf\.io|codalab|colab|bitbucket|sourceforge|mathworks", re.I)
# Addresses of the usual form need no closer look.
_SOUND = re.compile(r"https://(?:doi\.org/10\.\d{4,9}/[\w./()-]*[\w)]|arxiv\.org/abs/\d{4}\.\d{5}|"
                    r"github\.com/[\w-]+/[\w.-]*\w|huggingface\.co/papers/\d{4}\.\d{5}|pubmed\.ncbi\.nlm\.nih\.gov/\d+/?)")
_PLACES = {"other": "a page", "data": "data", "model": "a model page", "paper": "a paper", "project": "a project page"}
_PUBLISHERS = frozenset(("publisher", "pb", "institution", "school", "cy", "isbn", "sn"))
_NOTES = frozenset(("note", "notes", "annote", "annotation", "comment", "remark", "howpublished", "n1"))
_TEXT_URL = re.compile(r"https?://[^\s<>\"'`|，。；（）【】]+", re.I)
_MARKDOWN_LINK = re.compile(
    r"(?P<image>!?)\[(?P<label>(?:[^\[\]]|\[(?:[^\[\]]|\[[^\[\]]*\])*\])*)\]"
    r"\(\s*<?(?P<url>[^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*)>?(?:\s+[\"'(][^)]*)?\s*\)")
_HTML_LINK = re.compile(r"\bhref\s*=\s*[\"']([^\"']+)[\"']", re.I)
_SECOND_LINK = re.compile(r"(?<=[^/=:?&#])https?:/+", re.I)


def host_of(url: str) -> str:
    """The host of an address, in small letters; empty if it has none."""
    found = re.match(r"(?:https?:)?//(?:[^/@\s]*@)?([^/:?#\s]+)", url, re.I)
    return found[1].lower() if found else ""


def is_placeholder(url: str) -> bool:
    """Whether an address is only a placeholder for one."""
    if _PLACEHOLDER.fullmatch(url.strip()) or _PLACEHOLDER_PART.search(url):
        return True
    return url.rstrip("/").lower() in ("http:", "https:", "https://arxiv.org", "https://arxiv.org/abs", "https://doi.org")


def address_findings(url: str) -> Findings:
    """What is wrong with an address by itself: placeholder, impossible identifier, odd host, bound version."""
    if is_placeholder(url):
        yield Finding("placeholder_link", url, "the address of the paper")
        return
    yield from _identifier_findings(url)
    yield from host_findings(url)


def _identifier_findings(url: str) -> Findings:
    """Impossible arXiv ids and DOIs in an address, and bound versions."""
    if "arxiv.org/" in url and (path := _ARXIV_PATH.search(url)):
        arxiv_id, version = clean_arxiv_id(url)
        if not arxiv_id:
            yield Finding("wrong_identifier", url, "an arXiv id such as 2503.13939")
        elif version is not None:
            yield Finding("version_pinned", url, re.sub(rf"(?<={re.escape(arxiv_id)})v{version}", "", url))
    elif "doi.org/" in url and (path := _DOI_PATH.search(url)) and not clean_doi(path["rest"]):
        if _SHORT_DOI.fullmatch(path["rest"]):
            yield Finding("short_link", url, "the whole DOI")
            return
        yield Finding("wrong_identifier", url, "a DOI such as 10.1038/s41591-024-03423-7")


def host_findings(url: str) -> Findings:
    """Mirrors, proxies, secondary hosts and shortened links."""
    host = host_of(url)
    for pattern, original in _MIRRORS:
        if pattern.search(host):
            # A pirate copy of a paper does not tell its DOI.
            known = original and original != "doi.org"
            mended = re.sub(re.escape(host), original, url, count=1, flags=re.I)
            yield Finding("mirror_host", url, mended if known else "the address of the original")
            return
    if _SECONDARY.match(host):
        yield Finding("unusual_host", url, re.sub(re.escape(host), "arxiv.org", url, count=1))
    elif host in _SHORTENERS:
        yield Finding("short_link", url, "the full address")


def glue_findings(url: str) -> Findings:
    """What is glued to an address as it was printed: braces, a second link, a full stop, tracking parameters."""
    second = _SECOND_LINK.search(url, 8)
    if second and not re.search(r"web\.archive\.org|/https?:|[?&=]", url[:second.end()]):
        yield Finding("glued_link", url, f"{url[:second.start()]} and {url[second.start():]}")
        return
    braced = re.search(r"\{[^{}]*\}?|\}", url)
    if braced and not re.search(r"[{]\w+[}]/|\{\{", url):
        yield Finding("glued_link", url, url[:braced.start()])
        url = url[:braced.start()]
    if bare := _without_stop(url):
        yield Finding("glued_full_stop", url, bare)
        url = bare
    cleaned = clean_url(url)
    if "?" in url and url.count("&") + 1 > cleaned.count("&") + ("?" in cleaned):
        yield Finding("tracking_parameter", url, cleaned)


def _without_stop(url: str) -> str:
    """The address without punctuation at its end; empty if there is none."""
    bare = url.rstrip(".,;:")
    return bare if bare != url and not url.endswith("...") else ""


def addresses_in(text: str) -> Iterator[str]:
    """Addresses in running text; a bracket that was not opened in the address ends it."""
    for found in _TEXT_URL.finditer(text):
        yield _closed(found[0])


def _closed(url: str) -> str:
    """An address up to the first bracket that it did not open."""
    depth = {")": 0, "]": 0}
    opens = {"(": ")", "[": "]"}
    for at, character in enumerate(url):
        if character in opens:
            depth[opens[character]] += 1
        elif character in depth:
            depth[character] -= 1
            if depth[character] < 0:
                return url[:at]
    return url


def link_checks(record: Record) -> Findings:
    """Check the links of a record, and the addresses in its text."""
    links = record["links"] or [{"url": url, "label": "", "kind": ""} for url in (record["url"],) if url]
    fields = [record[name] for name in ("url", "code_url", "project_url") if record[name]]
    seen = dict.fromkeys([*(link.get("url") or "" for link in links), *fields])
    for url in seen:
        if _SOUND.fullmatch(url):
            continue
        yield from address_findings(url) if url else (Finding("empty_link", "a link without address", "an address"),)
        yield from glue_findings(url)
    for link in links:
        if link.get("kind") == "code" or (link.get("url") and link["url"] == record["code_url"]):
            yield from _code_findings(link["url"])
    printed = list(_printed_findings(record["raw"])) if record["raw"] and not record["key"] else []
    yield from printed
    for text in (record["abstract"], record["summary"], *_notes(record["extra"])):
        if text and "http" in text:
            yield from _text_findings(text, seen)
    if not seen and not printed and record["title"] and not has_identifier(record) and not _is_reference(record):
        yield Finding("missing_link", "neither link nor identifier", "a DOI, an arXiv id or a link")


def markdown_findings(markdown: str) -> Findings:
    """Links of a Markdown text that have no address, no text, or only a placeholder."""
    for found in _MARKDOWN_LINK.finditer(markdown):
        label, url = found["label"].strip(" `*"), found["url"]
        if not url:
            yield Finding("empty_link", found[0], "an address")
        elif is_placeholder(url) and not found["image"]:
            yield Finding("placeholder_link", url, "the address of the paper")
        elif not label and not found["image"] and not url.startswith("#"):
            yield Finding("empty_link", found[0], "a text to click on")


def _printed_findings(raw: str) -> Findings:
    """What is wrong with links as the source prints them; readers take off what is glued."""
    yield from markdown_findings(raw)
    printed = (found["url"] for found in _MARKDOWN_LINK.finditer(raw) if not found["image"])
    for url in dict.fromkeys([*printed, *_HTML_LINK.findall(raw)]):
        if url.startswith("http") and not _SOUND.fullmatch(url):
            yield from glue_findings(url)


def has_identifier(record: Record) -> bool:
    """Whether a record has an identifier of any kind."""
    return bool(record["doi"] or record["arxiv_id"] or record["pmid"] or record["other_ids"])


def _is_reference(record: Record) -> bool:
    """Whether a record says where its paper was published, as a bibliography does without links."""
    published = record["venue"] or not _PUBLISHERS.isdisjoint(name.lower() for name in record["extra"])
    return bool(record["key"] or (not record["raw"] and published))


def _text_findings(text: str, seen: dict[str, None]) -> Findings:
    """What is wrong with addresses in running text, those that are links of the record aside."""
    for url in dict.fromkeys(addresses_in(text)):
        yield from glue_findings(url)
        bare = clean_url(url)
        if bare not in seen and url not in seen:
            yield from host_findings(bare)


def _code_findings(url: str) -> Findings:
    """A link said to be code that leads elsewhere."""
    if not url or is_placeholder(url):
        return
    kind = link_kind(url)
    if kind == "code":
        if re.fullmatch(r"https?://(?:www\.)?github\.com/[^/?#]+/?", url, re.I):
            yield Finding("code_link_not_code", f"{url} (an account)", "a repository")
    elif not _MAY_BE_CODE.search(url) and host_of(url) not in _SHORTENERS:
        yield Finding("code_link_not_code", f"{url} ({_PLACES[kind]})", "a code repository")


def _notes(extra: dict) -> Iterator[str]:
    """Notes among the fields without a column."""
    for name, value in extra.items():
        if isinstance(value, str) and name.lower() in _NOTES:
            yield value
