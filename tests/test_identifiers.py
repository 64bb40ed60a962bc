"""Identifiers in all their spellings, and links."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_kit.identifiers import clean_arxiv_id, clean_doi, clean_url, find_identifiers, link_kind


@pytest.mark.parametrize(
    "place",
    [
        "https://arxiv.org/abs/2503.13939v2",
        "http://www.arxiv.org/pdf/2503.13939v2.pdf",
        "https://browse.arxiv.org/html/2503.13939v2",
        "https://export.arxiv.org/abs/2503.13939v2",
        "https://cn.arxiv.org/abs/2503.13939v2#S1",
        "arXiv:2503.13939v2 [cs.CL]",
        "https://ar5iv.labs.arxiv.org/html/2503.13939v2",
        "https://www.alphaxiv.org/overview/2503.13939v2",
        "https://hf.co/papers/2503.13939v2",
        "https://huggingface.co/papers/2503.13939v2",
        "https://hf.mirror.example.org/papers/2503.13939v2",
        "https://papers.cool/arxiv/2503.13939v2",
        "https://doi.org/10.48550/arXiv.2503.13939v2",
        "arXiv preprint arXiv:2503.13939v2",
        "https://arxiv.org/ftp/arxiv/papers/2503/2503.13939v2.pdf",
        "https://arxiv.org/e-print/2503.13939v2",
        "arxiv.org/2503.13939v2",
        "https://arxiv.org//abs//2503.13939v2",
        "https://www.alphaxiv.org/zh/overview/2503.13939v2",
        "https://ar5iv.org/2503.13939v2",
        "http://xxx.itp.ac.cn/abs/2503.13939v2",
        "https://some.index.org/api/arxiv/2503.13939v2",
        "https://huggingface.co/api/papers/2503.13939v2",
    ],
)
def test_every_form_of_an_arxiv_id_is_known(place):
    assert ("2503.13939", 2) == clean_arxiv_id(place)
    found = find_identifiers(place)
    assert ("2503.13939", 2) == (found["arxiv_id"], found["arxiv_version"])


@pytest.mark.parametrize(
    ("place", "arxiv_id"),
    [
        ("https://arxiv.org/abs/hep-th/9901001v2", "hep-th/9901001"),
        ("math.GT/0309136", "math.GT/0309136"),
        ("arxiv.org/pdf/cs/0112017", "cs/0112017"),
        ("1412.6980", "1412.6980"),
        ("http://xxx.lanl.gov/abs/hep-th/9901001", "hep-th/9901001"),
        ("https://arxiv.org/abs/cond-mat.mes-hall/0309136", "cond-mat.mes-hall/0309136"),
        ("https://arxiv.org/pdf/1234567", ""),
        ("https://example.org/arxiv/pdf/1234567", ""),
        ("https://arxiv.org/abs/?", ""),
        ("https://arxiv.org/abs/N/A", ""),
        ("2504.1395", ""),
        ("2513.12345", ""),
        ("no id", ""),
    ],
)
def test_old_ids_are_kept_and_impossible_ones_are_not(place, arxiv_id):
    assert arxiv_id == clean_arxiv_id(place)[0]


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("https://doi.org/10.1016/S0140-6736(20)30183-5.", "10.1016/s0140-6736(20)30183-5"),
        ("doi: 10.1038/NATURE14539,", "10.1038/nature14539"),
        ("https://dl.acm.org/doi/pdf/10.1145/3292500.3330701", "10.1145/3292500.3330701"),
        ("https://www.biorxiv.org/content/10.1101/2023.01.01.123456v1.full.pdf", "10.1101/2023.01.01.123456"),
        ("https://www.frontiersin.org/articles/10.3389/fmed.2023.1234/full", "10.3389/fmed.2023.1234"),
        ("https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0123456", "10.1371/journal.pone.0123456"),
        (
            "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2",
            "10.1002/(sici)1097-0258(19980815)17:15<1661::aid-sim968>3.0.co;2-2",
        ),
        (r"10.1007/978-3-030\_12", "10.1007/978-3-030_12"),
        ("nothing", ""),
        ("version 10.2/3", ""),
    ],
)
def test_a_doi_is_bare_and_small(text, doi):
    assert doi == clean_doi(text)


@pytest.mark.parametrize(
    ("place", "kind", "value"),
    [
        ("https://pubmed.ncbi.nlm.nih.gov/12345678/", "pmid", "12345678"),
        ("PMID: 123", "pmid", "123"),
        ("https://pubmed.ncbi.nlm.nih.gov/?term=12345678", "pmid", "12345678"),
        ("PubMed ID: 12345678", "pmid", "12345678"),
        ("PMCID: 7654321", "pmcid", "PMC7654321"),
        ("http://aclweb.org/anthology/P/P19/P19-1001.pdf", "acl", "P19-1001"),
        ("https://aclanthology.info/papers/P18-1001/p18-1001", "acl", "P18-1001"),
        ("https://aclanthology.org/anthology-files/pdf/P/P19/p19-1001.pdf", "acl", "P19-1001"),
        ("https://www.semanticscholar.org/p/13756489", "s2", "13756489"),
        ("https://ui.adsabs.harvard.edu/abs/2019arXiv191211035J/abstract", "arxiv_id", "1912.11035"),
        ("https://ui.adsabs.harvard.edu/abs/2012arXiv1207.0580H", "arxiv_id", "1207.0580"),
        ("https://huggingface.co/spaces/a/b/tree/main", "hf", "spaces/a/b"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC7654321/", "pmcid", "PMC7654321"),
        ("https://aclanthology.org/2023.acl-long.123.pdf", "acl", "2023.acl-long.123"),
        ("https://www.aclweb.org/anthology/P19-1001/", "acl", "P19-1001"),
        ("https://openreview.net/pdf?id=9OmCr1q54Z", "openreview", "9OmCr1q54Z"),
        ("https://openreview.net/forum?noteId=a&id=x-_12345", "openreview", "x-_12345"),
        (
            "https://www.semanticscholar.org/paper/A-Title/2f3efe44083af91cef562c1a3451eee2f8601d22",
            "s2",
            "2f3efe44083af91cef562c1a3451eee2f8601d22",
        ),
        ("https://huggingface.co/datasets/axiong/pmc_oa", "hf", "datasets/axiong/pmc_oa"),
        ("https://www.nature.com/articles/s41591-024-03423-7", "doi", "10.1038/s41591-024-03423-7"),
    ],
)
def test_other_identifiers_are_known(place, kind, value):
    assert value == find_identifiers(place)[kind]


@pytest.mark.parametrize("place", [
    "https://huggingface.co/docs/transformers/index", "https://huggingface.co/blog/some-post",
    "https://huggingface.co/papers/month/2025-03", "https://pubmed.ncbi.nlm.nih.gov/?term=2020+covid",
    "https://aclanthology.org/volumes/2023.emnlp-main/", "https://openreview.net/profile?id=~Ada_Example1",
])
def test_a_place_that_names_no_paper_has_no_identifier(place):
    assert {} == find_identifiers(place)


@pytest.mark.parametrize(
    ("printed", "url"),
    [
        ("https://github.com/a/b?utm_source=x.com", "https://github.com/a/b"),
        ("https://github.com/a/B{here}.", "https://github.com/a/B"),
        ("https://a.b/c?x=1&utm_medium=a&y=2#f", "https://a.b/c?x=1&y=2#f"),
        ("https://x.y/a?ref=foo&fbclid=1&gclid=2", "https://x.y/a"),
        ("https://arxiv.org/abs/?", "https://arxiv.org/abs/?"),
        ("<https://a.b/c>", "https://a.b/c"),
        ("https://a.b/c_(d)", "https://a.b/c_(d)"),
        ("https://a.b/c).", "https://a.b/c"),
        ("https://https://github.com/a", "https://github.com/a"),
        ("www.arxiv.org/abs/1", "https://www.arxiv.org/abs/1"),
        ("github.com/a/b", "https://github.com/a/b"),
        ("https://openreview.net/forum?id=x-_", "https://openreview.net/forum?id=x-_"),
        ("https://g.com/a&amp;b", "https://g.com/a&b"),
        ("https://www.youtube.com/watch?v=abc&si=xyz", "https://www.youtube.com/watch?v=abc"),
        ("https://www.nature.com/articles/s1?sharing_token=x", "https://www.nature.com/articles/s1"),
        ("https://www.bilibili.com/video/BV1?spm_id_from=333.1", "https://www.bilibili.com/video/BV1"),
        ("https://openreview.net/forum?id=abc&referrer=%5Bx%5D", "https://openreview.net/forum?id=abc"),
        ("https://drive.google.com/file/d/x/view?usp=sharing", "https://drive.google.com/file/d/x/view"),
        ("https://www.sciencedirect.com/science/article/pii/S1?via%3Dihub",
         "https://www.sciencedirect.com/science/article/pii/S1"),
        ("https://a.b/c?id=1?utm_source=x", "https://a.b/c?id=1"),
        ("https://a.b/search?from=2020&to=2021", "https://a.b/search?from=2020&to=2021"),
        ("https://gitlab.com/a/b?ref=main", "https://gitlab.com/a/b?ref=main"),
        ("", ""),
    ],
)
def test_a_link_loses_what_does_not_belong_to_it(printed, url):
    assert url == clean_url(printed)


@pytest.mark.parametrize(
    ("url", "label", "kind"),
    [
        ("https://arxiv.org/abs/1", "", "paper"),
        ("https://github.com/a/b", "", "code"),
        ("https://a.github.io/b", "", "project"),
        ("https://huggingface.co/a/b", "", "model"),
        ("https://huggingface.co/datasets/a/b", "", "data"),
        ("https://youtu.be/x", "", "other"),
        ("https://a.github.io/b", "[`[code]`]", "code"),
        ("https://x.org", "code & model", "code"),
        ("https://x.org", ":octocat:", "code"),
        ("https://x.org", "HF Model", "model"),
        ("https://x.org", "Project Page", "project"),
        ("https://github.com/x", "bibtex", "other"),
        ("https://github.com/a/b", "link", "code"),
        ("https://x.org", "link", "paper"),
        ("https://x.org", "A Whole Title", "other"),
        ("https://x.org/p.pdf", "", "paper"),
        ("https://huggingface.co/datasets/a/b", "HuggingFace", "data"),
        ("https://huggingface.co/spaces/a/b", "HF", "project"),
        ("https://x.org", "HF", "model"),
        ("https://hf-mirror.com/a/b", "", "model"),
        ("https://hf-mirror.com/datasets/a/b", "", "data"),
        ("https://huggingface.co/blog/x", "", "other"),
        ("https://arxiv.org/list/cs.CL/recent", "", "other"),
        ("https://arxiv.org/abs/1", "Website", "paper"),
        ("https://doi.org/10.5281/zenodo.123", "", "data"),
        ("https://doi.org/10.1145/1.2", "", "paper"),
        ("https://www.kaggle.com/models/x", "", "model"),
        ("https://www.kaggle.com/code/x", "", "code"),
        ("https://www.kaggle.com/a/b", "", "data"),
        ("https://gitee.com/a/b", "", "code"),
        ("https://europepmc.org/article/MED/1", "", "paper"),
        ("https://x.org", "程式碼", "code"),
        ("https://x.org", "論文", "paper"),
    ],
)
def test_a_link_says_what_it_leads_to(url, label, kind):
    assert kind == link_kind(url, label)


@given(st.text(max_size=200))
def test_no_text_breaks_the_search_for_identifiers(text):
    find_identifiers(text)
    clean_url(text)
    clean_doi(text)
    clean_arxiv_id(text)
