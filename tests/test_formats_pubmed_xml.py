"""PubMed's XML."""

import time

import pytest

from review_kit.formats import medline, pubmed_xml, read_records

ARTICLE = """<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD" "https://dtd.example/pubmed.dtd">
<PubmedArticleSet>
<PubmedArticle>
 <MedlineCitation Status="MEDLINE"><PMID Version="1">123456</PMID>
  <DateRevised><Year>2024</Year><Month>01</Month><Day>02</Day></DateRevised>
  <Article PubModel="Print">
   <Journal><ISSN IssnType="Print">1234-5678</ISSN><JournalIssue><Volume>7</Volume><Issue>2</Issue>
    <PubDate><Year>2021</Year><Month>Mar</Month><Day>4</Day></PubDate></JournalIssue>
    <Title>Journal of Things</Title><ISOAbbreviation>J Things</ISOAbbreviation></Journal>
   <ArticleTitle>Growth of <i>E. coli</i> at 10<sup>3</sup> &lt;unit&gt; &amp; more.</ArticleTitle>
   <Pagination><MedlinePgn>101-9</MedlinePgn></Pagination>
   <ELocationID EIdType="pii">S1</ELocationID><ELocationID EIdType="doi">10.1000/Own</ELocationID>
   <Abstract><AbstractText Label="AIM">To see.</AbstractText><AbstractText Label="RESULTS">We <b>saw</b>.</AbstractText>
   </Abstract>
   <AuthorList CompleteYN="N">
    <Author><LastName>van der Berg</LastName><ForeName>Jan A</ForeName><Initials>JA</Initials></Author>
    <Author><LastName>King</LastName><Initials>M</Initials><Suffix>Jr</Suffix></Author>
    <Author><CollectiveName>Things Study Group, Lab 2</CollectiveName></Author></AuthorList>
   <Language>eng</Language>
   <PublicationTypeList><PublicationType>Journal Article</PublicationType></PublicationTypeList>
  </Article>
  <MeshHeadingList><MeshHeading><DescriptorName>Growth</DescriptorName><QualifierName>genetics</QualifierName>
   </MeshHeading></MeshHeadingList>
  <KeywordList><Keyword>unit</Keyword></KeywordList>
 </MedlineCitation>
 <PubmedData><History><PubMedPubDate><Year>2020</Year></PubMedPubDate></History>
  <ArticleIdList><ArticleId IdType="pubmed">123456</ArticleId><ArticleId IdType="pmc">PMC99</ArticleId>
   <ArticleId IdType="doi">10.1000/Own</ArticleId></ArticleIdList>
  <ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.1000/other</ArticleId>
   <ArticleId IdType="pubmed">1</ArticleId></ArticleIdList></Reference></ReferenceList></PubmedData>
</PubmedArticle>
</PubmedArticleSet>
"""


def test_an_article_becomes_a_row():
    (row,) = pubmed_xml.read(ARTICLE)
    assert row["title"] == "Growth of E. coli at 103 <unit> & more."
    assert row["authors"] == ["van der Berg, Jan A", "King, Jr, M", "Things Study Group Lab 2"]
    assert row["et_al"] is True
    assert (row["year"], row["month"], row["day"], row["venue"]) == (2021, 3, 4, "Journal of Things")
    assert (row["volume"], row["number"], row["pages"], row["line"]) == ("7", "2", "101-9", 4)
    assert (row["doi"], row["pmid"], row["key"]) == ("10.1000/own", "123456", "123456")
    assert row["other_ids"] == {"pmcid": "PMC99", "issn": "1234-5678"}
    assert row["abstract"] == "AIM: To see. RESULTS: We saw."
    assert row["keywords"] == ["unit", "Growth/genetics"]
    assert row["type"] == "article"
    assert row["extra"]["pii"] == "S1"


def test_the_same_citation_reads_alike_in_both_formats_of_pubmed():
    text = ("PMID- 123456\nVI  - 7\nIP  - 2\nDP  - 2021 Mar 4\nTI  - On things.\nPG  - 101-9\nLID - 10.1000/own [doi]\n"
            "FAU - Lee, Ann\nAU  - Lee A\nCN  - Things Study Group\nPT  - Journal Article\nJT  - Journal of Things\n")
    xml = ("<PubmedArticle><MedlineCitation><PMID>123456</PMID><Article><Journal><JournalIssue><Volume>7</Volume>"
           "<Issue>2</Issue><PubDate><MedlineDate>2021 Mar 4</MedlineDate></PubDate></JournalIssue>"
           "<Title>Journal of Things</Title></Journal><ArticleTitle>On things.</ArticleTitle><Pagination><StartPage>101"
           "</StartPage><EndPage>9</EndPage></Pagination><ELocationID EIdType='doi'>10.1000/own</ELocationID>"
           "<AuthorList><Author><LastName>Lee</LastName><ForeName>Ann</ForeName></Author><Author>"
           "<CollectiveName>Things Study Group</CollectiveName></Author></AuthorList>"
           "<PublicationTypeList><PublicationType>Journal Article"
           "</PublicationType></PublicationTypeList></Article></MedlineCitation></PubmedArticle>")
    (one,), (other,) = medline.read(text), pubmed_xml.read(xml)
    assert {**one, "extra": None} == {**other, "extra": None}


def test_a_chapter_has_its_book_for_a_venue_and_a_book_its_title():
    chapter = ("<PubmedBookArticle><BookDocument><PMID>5</PMID><ArticleIdList><ArticleId IdType='bookaccession'>NBK1"
               "</ArticleId></ArticleIdList><Book><Publisher><PublisherName>P</PublisherName></Publisher>"
               "<BookTitle>The Book</BookTitle><PubDate><Year>2001</Year></PubDate><AuthorList Type='editors'><Author>"
               "<LastName>Ed</LastName></Author></AuthorList></Book>{0}<AuthorList Type='authors'><Author>"
               "<LastName>Lee</LastName><ForeName>Ann</ForeName></Author></AuthorList></BookDocument></PubmedBookArticle>")
    one, whole = pubmed_xml.read(chapter.format("<ArticleTitle>One</ArticleTitle>") + chapter.format(""))
    assert (one["title"], one["venue"], one["type"]) == ("One", "The Book", "incollection")
    assert one["authors"] == whole["authors"] == ["Lee, Ann"]
    assert (whole["title"], whole["type"], whole["year"]) == ("The Book", "book", 2001)
    assert one["extra"]["bookaccession"] == "NBK1"


def test_a_title_that_was_not_translated_is_the_original_one():
    (row,) = pubmed_xml.read("<MedlineCitation><PMID>5</PMID><Article><ArticleTitle>[Not Available].</ArticleTitle>"
                             "<VernacularTitle>Über Dinge.</VernacularTitle></Article></MedlineCitation>")
    assert (row["title"], row["pmid"]) == ("Über Dinge.", "5")


def test_a_damaged_article_costs_only_itself(tmp_path):
    body = ARTICLE[ARTICLE.index("<PubmedArticle>"):ARTICLE.index("</PubmedArticleSet>")]
    cut = body[:body.index("<KeywordList>")]
    path = tmp_path / "pubmed.xml"
    path.write_text(body + cut + body.replace("&amp;", "&") + body.replace("</LastName>", ""), encoding="utf-8")
    records = read_records(path)
    assert records.attrs["format"] == "pubmed_xml"
    assert records["pmid"].tolist() == ["123456"] * 4
    assert records["problem"].isna().tolist() == [True, False, False, False]
    assert records["title"].str.startswith("Growth of E. coli").all()


def test_xml_built_to_harm_is_refused():
    bomb = ARTICLE.replace("<PMID", "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><PMID")
    begin = time.process_time()
    assert pubmed_xml.read(bomb)[0]["problem"]
    assert pubmed_xml.read("<PubmedArticle>" + "<MedlineCitation>" * 100_000 + "</PubmedArticle>")
    assert len(pubmed_xml.read("<PubmedArticle>" * 20_000)) == 20_000
    assert time.process_time() - begin < 10


def test_a_doi_may_stand_in_the_article():
    (row,) = pubmed_xml.read(
        "<PubmedArticle><MedlineCitation><PMID>7</PMID><Article><ArticleTitle>T</ArticleTitle><ArticleIdList>"
        '<ArticleId IdType="doi">10.1000/in</ArticleId></ArticleIdList></Article></MedlineCitation></PubmedArticle>')
    assert "10.1000/in" == row["doi"]


@pytest.mark.parametrize(("printed", "year"), [
    ("", (2021, True)), ("<JournalIssue><PubDate><Year>2020</Year></PubDate></JournalIssue>", (2020, None))])
def test_the_year_in_which_pubmed_took_an_article_up_stands_for_one_that_is_missing(printed, year):
    (row,) = pubmed_xml.read(
        f"<PubmedArticle><MedlineCitation><Article><Journal>{printed}</Journal><ArticleTitle>T</ArticleTitle></Article>"
        '</MedlineCitation><PubmedData><History><PubMedPubDate PubStatus="received"><Year>2019</Year></PubMedPubDate>'
        '<PubMedPubDate PubStatus="pubmed"><Year>2021</Year></PubMedPubDate></History></PubmedData></PubmedArticle>')
    assert year == (row["year"], row.get("year_inferred"))
