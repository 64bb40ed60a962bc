"""Identifiers of papers in any of their spellings, and links: tidied, and told apart by what they lead to."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from urllib.parse import unquote

_ARXIV_NEW = r"(?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.\d{4}(?!\d)|(?:1[5-9]|[2-9]\d)(?:0[1-9]|1[0-2])\.\d{5}(?!\d)"
_ARXIV_OLD = r"[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?/\d{7}(?!\d)"
_ARXIV_ID = rf"(?P<id>{_ARXIV_NEW}|{_ARXIV_OLD})(?:v(?P<version>\d{{1,3}}))?"
# What may stand before an arXiv id: arxiv.org, its mirrors and readers, sites that address papers by it, words.
_BEFORE_ARXIV = (
    r"(?:[\w-]+\.)*arxiv\.org/(?:list/|ftp/arxiv/papers/\d+/|[\w-]{2,6}/)(?:arxiv:)?",
    r"(?:[\w-]+\.)?ar5iv\.(?:labs\.arxiv\.)?org/(?:abs|html)/",
    r"alphaxiv\.org/(?:abs|pdf|overview|html)/",
    r"(?:huggingface\.co|\bhf[\w.-]*\.\w+)/papers/",
    r"(?:papers\.cool|scirate\.com)/arxiv/",
    r"semanticscholar\.org/(?:v1/paper/)?arxiv[:/]",
    r"(?:arxiv-sanity(?:-lite)?|emergentmind|arxiv-vanity|themoonlight)\.[\w.]+/\S{0,80}?(?=\d{4}\.\d{4})",
    r"10\.48550/arxiv[./]",
    r"\barxiv\s*(?:preprint|e-?prints?)?\s*[,:]?\s*(?:arxiv\s*:)?\s*",
    r"\beprint\s*[:=]\s*",
)
_ARXIV = re.compile(rf"(?:{'|'.join(_BEFORE_ARXIV)}){_ARXIV_ID}", re.I)
_ARXIV_ALONE = re.compile(rf"\s*(?:arxiv\s*:\s*)?{_ARXIV_ID}(?:\.pdf)?(?:\s*\[[\w.-]+\])?\s*", re.I)
_DOI = re.compile(r"(?<![\d.])10\.\d{4,9}/(?:[^\s\"<>|\\^`]|<(?=\d)|(?<=\d)>(?=\d))+", re.I)
# One that stands alone and has nothing to take off.
_PLAIN_DOI = re.compile(r"10\.(?!(?:1101|64898)/)\d{4,9}/[\w.:;()-]*\w")
# What publishers' links add to a DOI.
_DOI_REST = re.compile(
    r"(?:v\d+)?(?:[./](?:full|pdf|abstract|abs|epdf|meta|html|short|supplementary-material|fulltext|summary|download|xml)"
    r"(?:[-.+/]\w+)*)+$|(?<=\d)v\d+$|\.pdf$", re.I)
# Nature's article numbers are the tail of its DOIs.
_NATURE = re.compile(r"nature\.com/articles/(s\d{5}-\d{3}-[\w-]+|nature\d+|\w{2,8}\.\d{4}\.\d+)", re.I)
_OTHER_IDS = {kind: re.compile(pattern, re.I) for kind, pattern in {
    "pmid": r"(?:pubmed\.ncbi\.nlm\.nih\.gov/|nlm\.nih\.gov/pubmed/|europepmc\.org/\w+/med/|\bpmid\s*[:=]?\s*)"
            r"(\d{1,8})\b",
    "pmcid": r"\b(PMC\d{3,9})\b",
    "acl": r"(?:aclanthology\.(?:org|info)|aclweb\.org/anthology)/(?:papers/\w/\w\d\d/)?(?:pdf/)?"
           r"([A-Z]\d\d-\d{4}|\d{4}\.[a-z0-9_]+-[a-z0-9]+\.\d+)",
    "openreview": r"openreview\.net/[a-z/]*\?(?:\S*?&)?id=([\w-]{6,})",
    "s2": r"semanticscholar\.org/(?:paper|reader)/(?:[^\s/]+/)?([0-9a-f]{40})\b|\bcorpus\s?id[:/]\s*(\d+)",
    "hf": r"(?:huggingface\.co|\bhf[\w.-]*\.\w+)/((?:papers/\d{4}\.\d{5})|"
          r"(?:datasets/|spaces/|collections/)?[\w.-]+/[\w.-]+)",
}.items()}
# Words without which the slower patterns cannot match.
_BEFORE_ID = re.compile("arxiv|ar5iv|alphaxiv|/papers/|scirate|emergentmind|moonlight|eprint")
_SIGNS = {"pmid": ("pubmed", "pmid", "/med/"), "pmcid": ("pmc",), "acl": ("aclanthology", "aclweb"),
          "openreview": ("openreview",), "s2": ("semanticscholar", "corpus"), "hf": ("huggingface", "hf")}

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_hs(?:enc|mi)|ref(?:_src|_url|errer)?|source|spm|trk|si|"
    r"share\w*|from(?:_search|url)?|via|cmpid|ncid|sr_share|rss|ga_\w+|_ga|s_cid|tracking\w*|wt\.\w+", re.I)
# On these sites `ref` and `source` name a version or a page, so only the unmistakable parameters go.
_KEEPS_QUERY = re.compile(
    r"https?://(?:[\w.-]*\.)?(?:gitlab|bitbucket|google|acm|ieee|openreview|youtube|bilibili|zenodo)\b", re.I)
_CERTAIN_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid", re.I)
_PLAIN_URL = re.compile(r"https?://[\w-]+(?:\.[\w-]+)+(?:/[\w/.~%-]*[\w/-])?")
_BARE_HOST = re.compile(
    r"www\.|(?:[\w-]+\.)*(?:arxiv\.org|github\.com|huggingface\.co|doi\.org|openreview\.net|aclanthology\.org)/",
    re.I)

# A label says what a link is when all its words are known; the first of these kinds that has one of them wins.
_KINDS = ("code", "model", "data", "project", "paper", "other")
_LABEL_WORDS = {
    "code": "code codes codebase github git gitlab repo repository implementation pytorch tensorflow tf keras jax "
            "caffe torch matlab mxnet octocat star stars python software toolkit colab paddle julia java c cpp scala "
            "rust 代码 源码 コード",
    "model": "model models weight weights checkpoint checkpoints ckpt ckpts huggingface hf modelscope 模型",
    "data": "data dataset datasets database benchmark benchmarks leaderboard corpus 数据 数据集",
    "project": "project projects page pages web website site home homepage demo app papge 主页 项目",
    "paper": "paper papers pdf arxiv abs abstract doi html fulltext preprint publication openreview pubmed acl "
             "springer ieee acm nature science neurips nips icml iclr cvpr iccv eccv aaai emnlp biorxiv medrxiv "
             "elsevier read article pmlr cvf thecvf ssrn link thesis book chapter 论文 原文 链接 全文 地址",
    "other": "bib bibtex cite citation citations twitter tweet x slides slide poster video videos youtube talk blog "
             "blogpost post news supp supplementary supplement appendix zhihu review reviews ppt list lists note notes "
             "视频 博客 解读 粗解 笔记 补充材料",
}
_KIND_OF_WORD = {word: kind for kind, words in _LABEL_WORDS.items() for word in words.split()}
_FILLERS = frozenset("official unofficial source full text the our and or of for in on to more hugging face author "
                     "authors version available here see open reference high performance 下载 官方 开源 和 与 "
                     "及".split())
# Chinese labels are words without blanks between them.
_CHINESE_LABELS = sorted((word for word in (*_KIND_OF_WORD, *_FILLERS) if word[0] > "z"), key=len, reverse=True)
_LABEL_WORD = re.compile(rf"{'|'.join(_CHINESE_LABELS)}|[^\W\u3040-\u9fff]+|[\u3040-\u9fff]+")
_PAGE_ON_GITHUB = re.compile(r"github[ .-]?(?:pages?|io)", re.I)
_LISTS = frozenset(("list", "lists"))
# Labels that only say that there is a link; its place tells the kind.
_SAY_NOTHING = frozenset(("link", "html", "read", "链接"))
# Parts of addresses; the first kind that has one of them wins. `$` is the end of the address, `*` any part of a host.
_PLACES = {
    "other": "youtube.com youtu.be twitter.com //x.com bilibili.com zhihu.com medium.com linkedin.com reddit.com "
             "img.shields.io badge star-history contrib.rocks discord //t.me wikipedia.org slideshare mailto: weixin "
             ".png$ .jpg$ .jpeg$ .gif$ .svg$ .bib$ .ppt$ .pptx$ .mp4$",
    "code": "github.com gitlab. bitbucket.org gitee.com codeocean.com sourceforge.net colab.research codeberg.org "
            "anonymous.4open.science pypi.org",
    "data": "huggingface.co/datasets //hf.*/datasets kaggle.com physionet.org zenodo.org figshare.com dataverse. "
            "grand-challenge.org opendatalab synapse.org",
    "paper": "arxiv.org ar5iv. alphaxiv.org huggingface.co/papers //hf.*/papers doi.org aclanthology. "
             "aclweb.org "
             "openreview.net/forum openreview.net/pdf openreview.net/attachment openreview.net/references thecvf.com "
             "ecva.net neurips.cc nips.cc icml.cc/virtual/*/poster "
             "iclr.cc/virtual/*/poster mlr.press jmlr.org ieee.org computer.org/csdl acm.org springer. springeropen "
             "nature.com sciencemag.org science.org sciencedirect.com elsevier cell.com wiley.com tandfonline.com "
             "sagepub.com oup.com plos.org mdpi.com frontiersin.org ncbi.nlm.nih.gov biorxiv.org medrxiv.org ssrn.com "
             "semanticscholar.org aaai.org ijcai.org isca-speech isca-archive usenix.org researchgate.net "
             "paperswithcode.com/paper dblp. pnas.org bmj.com jamanetwork thelancet.com nejm.org rsna.org pubs.acs.org "
             "rsc.org iop.org bmva bmvc papers.cool osf.io hal. eprint.iacr citeseerx direct.mit.edu biomedcentral.com "
             "jmir.org ahajournals scholar.google iospress worldscientific copernicus.org peerj.com elifesciences.org "
             "nowpublishers.com emerald.com/insight annualreviews.org dagstuhl.de ceur-ws.org vldb.org jstor.org "
             "siam.org "
             "roboticsproceedings.org embopress.org royalsocietypublishing.org degruyter.com informs.org "
             "cambridge.org/core projecteuclid.org "
             "techrxiv researchsquare preprints.org chinaxiv .pdf$ .pdf? .pdf# /pdf/ /abs/",
    "project": ".github.io sites.google.com huggingface.co/spaces .notion.site .web.app .vercel.app gitbook",
    "model": "huggingface.co/ //hf.*/ modelscope.cn/models",
}
_SURE_HOSTS = {"arxiv.org": "paper", "doi.org": "paper", "aclanthology.org": "paper", "openaccess.thecvf.com": "paper",
               "github.com": "code"}
_FRONT_PAGE = re.compile(r"https?://[^/]+/?")
_HOST = re.compile(r"https?://(?:www\.)?([\w.-]+)/")
_PLACE_PATTERNS = tuple(
    (kind, re.compile(re.escape(parts).replace(r"\ ", "|").replace(r"\$", "$").replace(r"\*", r"[\w.-]*"), re.I))
    for kind, parts in _PLACES.items()
)


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


def link_kind(url: str, label: str = "") -> str:
    """Tell what a link leads to: by its label where that says it, else by its place.

    Parameters
    ----------
    url
        A link.
    label
        The text shown for it (``[code]``, ``PDF``), or nothing.

    Returns
    -------
    str
        ``paper``, ``code``, ``project``, ``model``, ``data`` or ``other``.
    """
    said = label_kind(label)
    if _FRONT_PAGE.fullmatch(url) and dict(_PLACE_PATTERNS)["paper"].search(url):
        return "other"  # the front page of a conference or publisher is no paper
    host = _HOST.match(url)
    if said == "project" and host and _SURE_HOSTS.get(host[1]) == "paper":
        return "paper"  # arXiv is nobody's website
    if said is not None and label.strip(" []()").lower() not in _SAY_NOTHING:
        return said
    if host and host[1] in _SURE_HOSTS and not url.endswith((".bib", ".png", ".svg", ".gif", ".jpg")):
        return _SURE_HOSTS[host[1]]
    for kind, pattern in _PLACE_PATTERNS:
        if pattern.search(url):
            return kind
    return said or "other"


@lru_cache(maxsize=4096)
def label_kind(label: str) -> str | None:
    """Tell what a link leads to by its label alone; None where the label does not say."""
    if len(label) > 60:
        return None
    if _PAGE_ON_GITHUB.fullmatch(label.strip()):
        return "project"
    words = [re.sub(r"\d+$", "", word) for word in _LABEL_WORD.findall(label.lower().replace("_", " "))]
    kinds = {_KIND_OF_WORD.get(word) for word in words if word and word not in _FILLERS}
    if not kinds or None in kinds:
        return None
    if not _LISTS.isdisjoint(words):
        return "other"
    return next(kind for kind in _KINDS if kind in kinds)


def _old_style(arxiv_id: str) -> str:
    """An old-style arXiv id with a lower-case archive and an upper-case subject class, as arXiv writes it."""
    archive, number = arxiv_id.split("/")
    name, dot, subject = archive.partition(".")
    return f"{name.lower()}{dot}{subject.upper()}/{number}"


def _normal(kind: str, value: str) -> str:
    """The normal form of one of the other identifiers."""
    if kind == "pmcid" or (kind == "acl" and value[0].isalpha()):
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
    tracking = _CERTAIN_TRACKING if _KEEPS_QUERY.match(url) else _TRACKING
    # A word without a value is the page itself (``?source``), except the one ScienceDirect adds.
    kept = [part for part in query.split("&")
            if not (tracking.fullmatch(part.partition("=")[0]) and "=" in part) and part.lower() != "via%3dihub"]
    if len(kept) == len(query.split("&")):
        return url
    return place + ("?" + "&".join(kept) if kept else "") + hash_sign + fragment
