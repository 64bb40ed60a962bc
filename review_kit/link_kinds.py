"""What a link leads to, told by its label and its place: a paper, code, a project page, a model, data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

# A label says what a link is when all its words are known; the first of these kinds that has one of them wins.
_KINDS = ("code", "model", "data", "project", "paper", "other")
_LABEL_WORDS = {
    "code": "code codes codebase github git gitlab repo repository implementation pytorch tensorflow tf keras jax "
            "caffe torch matlab mxnet octocat star stars python software toolkit colab paddle julia java c cpp scala "
            "rust 代码 源码 代碼 程式碼 コード",
    "model": "model models weight weights checkpoint checkpoints ckpt ckpts huggingface hf modelscope 模型 モデル",
    "data": "data dataset datasets database benchmark benchmarks leaderboard corpus 数据 数据集 數據 數據集 "
            "資料集 データ データセット",
    "project": "project projects page pages web website site home homepage demo app papge 主页 项目 主頁 項目 專案",
    "paper": "paper papers pub pdf arxiv abs abstract doi html fulltext preprint publication openreview pubmed acl "
             "springer ieee acm nature science neurips nips icml iclr cvpr iccv eccv aaai emnlp biorxiv medrxiv "
             "elsevier read article report pmlr cvf thecvf ssrn link thesis book chapter 论文 論文 "
             "原文 链接 連結 全文 地址",
    "other": "soon scholar download downloads bib bibtex cite citation citations twitter tweet x slides slide poster "
             "video videos youtube talk blog "
             "blogpost post news presentation presentations recording keynote supp supplementary supplement appendix "
             "zhihu review reviews ppt list lists note notes "
             "视频 博客 解读 粗解 笔记 补充材料",
}
_KIND_OF_WORD = {word: kind for kind, words in _LABEL_WORDS.items() for word in words.split()}
_FILLERS = frozenset("official unofficial google source full text the our and or of for in on to more hugging face "
                     "author authors version available here see open reference high performance test long short "
                     "workshop conference journal published original technical tech 下载 官方 开源 和 与 及".split())
# Chinese labels are words without blanks between them.
_CHINESE_LABELS = sorted((word for word in (*_KIND_OF_WORD, *_FILLERS) if word[0] > "z"), key=len, reverse=True)
_LABEL_WORD = re.compile(rf"{'|'.join(_CHINESE_LABELS)}|[^\W\u3040-\u9fff]+|[\u3040-\u9fff]+")
_PAGE_ON_GITHUB = re.compile(r"github[ .-]?(?:pages?|io)", re.I)
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)?")
_LISTS = frozenset(("list", "lists"))
# Labels that only say that there is a link; its place tells the kind.
_SAY_NOTHING = frozenset(("link", "html", "read", "download", "downloads", "链接", "連結", "huggingface", "hf"))
# Parts of addresses; the first line that has one of them wins. `$` is the end of the address, `*` any part of a host.
_PLACES = (
    ("other", "youtube.com youtu.be twitter.com //x.com bilibili.com zhihu.com medium.com linkedin.com reddit.com "
              "img.shields.io badge star-history contrib.rocks discord //t.me wikipedia.org slideshare mailto: weixin "
              "scholar.google.*/citations?user scholar.google.*/citations?hl "
              "arxiv.org/list/ arxiv.org/a/ huggingface.co/blog huggingface.co/docs //hf.co/blog //hf.co/docs "
              ".png$ .jpg$ .jpeg$ .gif$ .svg$ .bib$ .ppt$ .pptx$ .mp4$"),
    ("code", "github.com gitlab. bitbucket.org gitee.com codeocean.com sourceforge.net colab.research codeberg.org "
             "anonymous.4open.science pypi.org gitcode.com atomgit.com //git.io/ //git.sr.ht kaggle.com/code "
             "cran.r-project.org"),
    ("model", "kaggle.com/models modelscope.cn/models"),
    ("data", "huggingface.co/datasets //hf.*/datasets hf-mirror.com/datasets kaggle.com physionet.org zenodo.org "
             "figshare.com dataverse. grand-challenge.org opendatalab synapse.org modelscope.cn/datasets "
             "paperswithcode.com/dataset ieee-dataport.org data.mendeley.com datadryad.org archive.ics.uci.edu "
             "cancerimagingarchive.net openneuro.org /10.5281/zenodo /10.6084/m9.figshare /10.5061/dryad /10.7910/dvn "
             "/10.17632/ /10.13026/ /10.57967/hf /10.21227/ /10.7937/ /10.24432/"),
    ("paper", "arxiv.org ar5iv. alphaxiv.org huggingface.co/papers //hf.*/papers hf-mirror.com/papers doi.org "
              "aclanthology. aclweb.org "
              "openreview.net/forum openreview.net/pdf openreview.net/attachment openreview.net/references thecvf.com "
              "ecva.net neurips.cc nips.cc icml.cc/virtual/*/poster "
              "iclr.cc/virtual/*/poster mlr.press jmlr.org ieee.org computer.org/csdl acm.org springer. springeropen "
              "nature.com sciencemag.org science.org sciencedirect.com elsevier cell.com wiley.com tandfonline.com "
              "sagepub.com oup.com plos.org mdpi.com frontiersin.org ncbi.nlm.nih.gov biorxiv.org medrxiv.org ssrn.com "
              "semanticscholar.org aaai.org ijcai.org isca-speech isca-archive usenix.org researchgate.net "
              "paperswithcode.com/paper openalex.org/w "
              "dblp. pnas.org bmj.com jamanetwork thelancet.com nejm.org rsna.org "
              "pubs.acs.org "
              "rsc.org iop.org bmva bmvc papers.cool osf.io hal. eprint.iacr citeseerx direct.mit.edu "
              "biomedcentral.com "
              "jmir.org ahajournals scholar.google iospress worldscientific copernicus.org peerj.com "
              "elifesciences.org "
              "nowpublishers.com emerald.com/insight annualreviews.org dagstuhl.de ceur-ws.org vldb.org jstor.org "
              "siam.org "
              "roboticsproceedings.org embopress.org royalsocietypublishing.org degruyter.com informs.org "
              "cambridge.org/core projecteuclid.org europepmc.org/ hindawi.com jstage.jst.go.jp ascopubs.org "
              "spiedigitallibrary.org optica.org osapublishing.org aps.org asm.org aip.org theiet.org "
              "asmedigitalcollection karger.com thieme-connect journals.lww.com inspirehep.net/literature chemrxiv.org "
              "psyarxiv.com "
              "techrxiv researchsquare preprints.org chinaxiv .pdf$ .pdf? .pdf# /pdf/ /abs/ /doi/"),
    ("project", ".github.io sites.google.com huggingface.co/spaces //hf.*/spaces hf-mirror.com/spaces .notion.site "
                ".web.app .vercel.app gitbook"),
    ("model", "huggingface.co/ //hf.*/ hf-mirror.com/"),
)
# Places that most links lead to need no search; of the papers among them none is a project's website.
_SURE = re.compile(
    r"https?://(?:www\.)?(?:(?P<paper>arxiv\.org/(?:abs|pdf|html)/|aclanthology\.org/|openaccess\.thecvf\.com/|"
    r"doi\.org/10\.(?!5281|6084|5061|7910|17632|13026|57967|21227|7937|24432)\d{4,5}/)|"
    r"(?P<code>github\.com/))(?!.*\.(?:bib|png|svg|gif|jpg)$)", re.I)
# A file of a repository is no code where its ending tells that it is read.
_FILE_ON_GITHUB = re.compile(
    r"https?://(?:www\.)?(?:github\.com/[^/]+/[^/]+/(?:blob|raw|tree|files)/|raw\.githubusercontent\.com/)"
    r"[^?#]+\.(?:(?P<paper>pdf)|(?P<other>pptx?|docx?|key|(?<!readme\.)md))(?:[?#].*)?$", re.I)
# The first page of a host, a bibliography's page of a venue or a person.
_FRONT_PAGE = re.compile(
    r"https?://[^/]+/?|https?://dblp[^/]*/(?:db|pid)/\S*|https?://(?:www\.)?usenix\.org/conferences?(?:/byname/\S*)?")
# The same, apart by how they are looked for: what stands anywhere, what ends an address, what has a gap.
_SIGNS_OF_PLACES = tuple(
    (kind, tuple(part for part in parts.split() if part[-1] != "$" and "*" not in part),
     tuple(part[:-1] for part in parts.split() if part[-1] == "$"),
     tuple(re.compile(re.escape(part).replace(r"\*", r"[\w.-]*")) for part in parts.split() if "*" in part))
    for kind, parts in _PLACES
)


@lru_cache(maxsize=20_000)
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
    if is_front_page(url) and "paper" in _kinds_of_place(url.lower()):
        return "other"  # the front page of a conference or publisher is no paper
    sure = _SURE.match(url)
    if said == "project" and sure and sure["paper"]:
        return "paper"  # arXiv is nobody's website
    if said is not None and label.strip(" []()").lower() not in _SAY_NOTHING:
        return said
    if file := _FILE_ON_GITHUB.match(url):
        return str(file.lastgroup)
    if sure:
        return str(sure.lastgroup)
    return _kind_of_place(url.lower()) or said or "other"


def is_front_page(url: str) -> bool:
    """Tell whether a link leads to the first page of a host, or to a bibliography's page of a venue or a person."""
    return bool(_FRONT_PAGE.fullmatch(url))


def tells_kind(url: str) -> bool:
    """Tell whether an address says what it leads to, or is the first page of a host, which leads to no one thing."""
    return is_front_page(url) or bool(_kind_of_place(url.lower()))


@lru_cache(maxsize=20_000)
def _kind_of_place(url: str) -> str:
    """The kind an address in small letters has the surest sign of; empty where it has none."""
    return next(_kinds_of_place(url), "")


def _kinds_of_place(url: str) -> Iterator[str]:
    """The kinds an address in small letters has a sign of, the surest first."""
    for kind, parts, ends, shapes in _SIGNS_OF_PLACES:
        if url.endswith(ends) or any(part in url for part in parts) or any(shape.search(url) for shape in shapes):
            yield kind


@lru_cache(maxsize=4096)
def label_kind(label: str) -> str | None:
    """Tell what a link leads to by its label alone; None where the label does not say."""
    if len(label) > 60:
        return None
    if "(" in label and (bare := _IN_BRACKETS.sub("", label).strip()) and bare != label:
        return label_kind(bare)
    if _PAGE_ON_GITHUB.fullmatch(label.strip()):
        return "project"
    words = [re.sub(r"\d+$", "", word) for word in _LABEL_WORD.findall(label.lower().replace("_", " "))]
    kinds = {_KIND_OF_WORD.get(word) for word in words if word and word not in _FILLERS}
    if not kinds or None in kinds:
        return None
    if not _LISTS.isdisjoint(words):
        return "other"
    return "paper" if words[-1] == "paper" else next(kind for kind in _KINDS if kind in kinds)
