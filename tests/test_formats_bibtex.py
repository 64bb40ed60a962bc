"""BibTeX: what people and programs write, and what is left of it when it is damaged."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review_kit.formats import bibtex
from review_kit.formats.bibtex_blocks import blocks

SOUND = """% Encoding: UTF-8
@string{nat = "Nature"}
@article{lee2020,
  title = {{GPT} and the {\\"O}resund: 5\\% of $\\alpha$-helices},
  author = {Lee, Ann and {World Health Organization} and van der Berg, Jan and others},
  journal = nat # " (Online)",
  year = 2020, month = "10~" # jan,
  doi = {https://doi.org/10.1000/ABC\\_1},
  keywords = {one, two},
  note = {kept}
}

@inproceedings(chen2021, title = "Quoted {and} braced", author = "Bo Chen AND Cy Diaz", pages = {1--10}, year = "2021a")
"""


def rows(text):
    return bibtex.read(text)


def test_fields_become_columns():
    lee, chen = rows(SOUND)
    assert lee["title"] == "GPT and the Öresund: 5% of α-helices"
    assert lee["title_raw"].startswith("{GPT}")
    assert lee["authors"] == ["Lee, Ann", "World Health Organization", "van der Berg, Jan"]
    assert lee["et_al"] is True and "n_authors" not in lee
    assert (lee["venue"], lee["year"], lee["month"]) == ("Nature (Online)", 2020, 1)
    assert lee["doi"] == "10.1000/abc_1"
    assert lee["keywords"] == ["one", "two"]
    assert lee["extra"] == {"note": "kept"}
    assert (lee["key"], lee["type"], lee["line"]) == ("lee2020", "article", 3)
    assert (chen["authors"], chen["n_authors"]) == (["Chen, Bo", "Diaz, Cy"], 2)
    assert (chen["pages"], chen["year"], chen["line"]) == ("1-10", 2021, 13)
    assert not any(row.get("problem") for row in (lee, chen))


def test_repeated_keys_are_records():
    found = rows("@misc{a, title={One}}\n@misc{a, title={Two}}\n@misc{A, title={Three}}")
    assert [row["title"] for row in found] == ["One", "Two", "Three"]


def test_a_repeated_field_keeps_the_first_and_says_so():
    (row,) = rows("@misc{a, title={One}, title={Two}, year=2020}")
    assert (row["title"], row["year"]) == ("One", 2020)
    assert row["extra"]["title"] == "Two"
    assert "stands 2 times" in row["problem"]


def test_a_crossref_gives_what_the_entry_lacks_but_not_its_title():
    child, parent = rows("@inproceedings{c, crossref={P}, author={Lee, Ann}}\n@proceedings{p, title={Proc}, year=2019}")
    assert "title" not in child
    assert (child["venue"], child["year"]) == ("Proc", 2019)
    assert parent["title"] == "Proc"


def test_a_crossref_gives_the_author_and_goes_on_to_the_grandparent():
    chapter, book, series = rows(
        "@inbook{c, crossref={b}, title={Chapter}}\n@book{b, crossref={s}, title={Book}, author={Lee, Ann}}\n"
        "@proceedings{s, title={Series}, year=1999, editor={Ek, Cy}}"
    )
    assert (chapter["authors"], chapter["year"], chapter["venue"]) == (["Lee, Ann"], 1999, "Book")
    assert (book["year"], series.get("authors")) == (1999, None)


def test_an_entry_with_a_date_takes_none_from_its_crossref():
    paper, _ = rows("@inproceedings{p, crossref={v}, title={P}, date={2003-05}}\n@proceedings{v, title={V}, year=1999}")
    assert (paper["year"], paper["month"], paper["extra"].get("year")) == (2003, 5, None)


def test_crossrefs_in_a_circle_end():
    found = rows("@misc{a, crossref={b}, title={A}}\n@misc{b, crossref={a}, title={B}, year=2001}")
    assert [row.get("year") for row in found] == [2001, 2001]


def test_a_key_of_pubmed_is_a_pmid_and_headings_are_no_text():
    (row,) = rows("@article {PMID:123456,\n Title = {T}, Abstract = {<h4>Aim</h4>To see.<h4>Result</h4>Seen.}}")
    assert (row["pmid"], row["key"], row["abstract"]) == ("123456", "PMID:123456", "Aim To see. Result Seen.")


def test_sort_keys_are_not_read():
    (row,) = rows(r"@book{k, author={{\noopsort{Zed}}Ann Lee}, title={{\noopsort{a}}Title}, "
                  r"year={{\noopsort{1973b}}1981}}")
    assert (row["authors"], row["title"], row["year"]) == (["Lee, Ann"], "Title", 1981)


def test_authors_named_after_with_are_authors():
    (row,) = rows(r'@book{k, author={Ann Lee with Bj{\"o}rn Ek and Cy Diaz}, title={T}}')
    assert row["authors"] == ["Lee, Ann", "Ek, Björn", "Diaz, Cy"]


def test_journal_macros_of_astronomers_are_read():
    found = rows(r"@article{a, title={A}, journal={\mnras}} @article{b, title={B}, journal=\apjl} "
                 r"@article{c, title={C}, journal={{\aap}}} @article{d, title={D}, journal={\mine}}")
    assert [row["venue"] for row in found] == [
        "Monthly Notices of the Royal Astronomical Society", "The Astrophysical Journal Letters",
        "Astronomy and Astrophysics", r"\mine"]


def test_an_unknown_command_with_an_empty_group_stays():
    (row,) = rows(r"@misc{a, title={Introduction to \LaTeXe{} and \Ours{}, in \begin{it}Short\end{it}}}")
    assert row["title"] == r"Introduction to LaTeX2e and \Ours, in Short"


def test_xdata_gives_all_it_has_and_is_no_paper():
    data, entry = rows("@xdata{x, publisher={ACM}, year=2001}\n@book{b, title={T}, xdata={x}}")
    assert "no paper" in data["problem"]
    assert entry["year"] == 2001


def test_comments_and_preambles_are_no_records():
    text = '@comment{jabref-meta: groups {x};}\n@preamble{ "\\newcommand{\\a}{b}" }\n%@misc{no, title={No}}\n'
    text += "@misc{yes, title={Yes}}"
    assert [row["key"] for row in rows(text)] == ["yes"]


def test_a_comment_that_does_not_close_costs_one_line():
    assert [row["key"] for row in rows("@comment{oops { \n@misc{yes, title={Yes}}\n")] == ["yes"]


def test_a_string_that_does_not_close_swallows_no_entry():
    found = rows("@string{a = {x}\n@misc{yes, title={Yes}\n}\n@misc{too, title={Too}}\n}\n")
    assert [row["key"] for row in found] == ["yes", "too"]


@pytest.mark.parametrize(
    "damaged",
    [
        "@misc{a, title = {Broken, \n year = 2001\n}\n",
        "@misc{a,\n title = {Broken},\n year = 2001\n",
        "@misc{a,\n title = {{Broken},\n year = {2001}\n}\n",
        '@misc{a,\n title = "Broken,\n year = {2001}\n}\n',
        "@misc{a,\n title = {Broken}},\n year = 2001\n}\n",
        "@misc{a,\n title = {Broken}\n year = 2001\n}\n",
        "@misc{a,\n title = {Broken}, stray text here,\n year = 2001\n}\n",
    ],
)
def test_a_damaged_entry_keeps_its_neighbours(damaged):
    found = rows("@misc{before, title={Before}}\n" + damaged + "\n@misc{after,\n title={After}\n}\n")
    assert [row["key"] for row in found] == ["before", "a", "after"]
    assert "Broken" in found[1]["title"]
    assert found[1]["year"] == 2001
    assert found[2]["title"] == "After" and not found[2].get("problem")


def test_an_entry_inside_an_abstract_is_text():
    text = "@article{a,\n title={Real},\n abstract={See\n@article{fake,\n title={Fake}}\n end},\n"
    text += " year=2000\n}\n@misc{b, title={B}}"
    real, other = rows(text)
    assert (real["title"], real["year"], other["title"]) == ("Real", 2000, "B")
    assert "looks like an entry" in real["problem"]


def test_keys_are_taken_as_they_are():
    text = "@book{ , title={1}}\n@book{title={2}}\n@book{a b, title={3}}\n@book{doi:10.1/x,title={4}}\n"
    text += "@book{k ,\n title={5}}\n@book{z}"
    found = rows(text)
    assert [row["key"] for row in found] == ["", "", "a b", "doi:10.1/x", "k", "z"]
    assert [row.get("title") for row in found] == ["1", "2", "3", "4", "5", None]
    assert "no fields" in found[5]["problem"]


def test_urls_keep_their_signs():
    (row,) = rows(
        r"@misc{a, title={T}, url={https://x.org/a\_b?x=1\&y=50\%25\#f}, howpublished={\url{https://y.org/z}}}"
    )
    assert row["url"] == "https://x.org/a_b?x=1&y=50%25#f"
    assert [link["url"] for link in row["links"]] == ["https://x.org/a_b?x=1&y=50%25#f", "https://y.org/z"]


@pytest.mark.parametrize(
    "field",
    [
        "eprint={2401.00001v2}, archiveprefix={arXiv}",
        "eprint={2401.00001}, eprinttype={arxiv}",
        "journal={arXiv preprint arXiv:2401.00001}",
        "journal={CoRR}, volume={abs/2401.00001}",
        "url={https://arxiv.org/abs/2401.00001}",
        "doi={10.48550/arXiv.2401.00001}",
    ],
)
def test_arxiv_ids_are_found_where_people_write_them(field):
    (row,) = rows("@misc{a, title={T}, " + field + "}")
    assert row["arxiv_id"] == "2401.00001"


def test_an_eprint_of_another_archive_is_no_arxiv_id():
    (row,) = rows("@misc{a, title={T}, eprint={12345678}, eprinttype={pubmed}}")
    assert "arxiv_id" not in row


def test_biblatex_names_by_parts_are_read():
    (row,) = rows("@misc{a, title={T}, author={given=Jan, family=Berg, prefix=van den and family={Roe}, given={Ann}}}")
    assert row["authors"] == ["van den Berg, Jan", "Roe, Ann"]


def test_a_field_beyond_the_limit_is_cut_and_named():
    (row,) = rows("@misc{a, title={T}, abstract={" + "x" * 1_000_010 + "}}")
    assert len(row["abstract"]) == 1_000_000
    assert "abstract has 1,000,010 characters" in row["problem"]


def test_control_characters_are_taken_out_and_counted():
    first, second = rows("@misc{a, title={On\x00e}}\n@misc{b, title={Tw\x0bo\x07\ud800}}")
    assert first["title"] == "On e"
    assert "1 control" in first["problem"] and "3 control" in second["problem"]


@pytest.mark.parametrize("end", ["\r", "\r\n"])
def test_any_line_end_will_do(end):
    assert [row["line"] for row in rows(SOUND.replace("\n", end))] == [3, 13]


def test_other_files_are_not_taken_for_bibtex():
    assert bibtex.matches(SOUND, "x.txt")
    assert not bibtex.matches("<html><form>Login</form></html>", "refs.bib")
    assert not bibtex.matches("# List\n```bibtex\n@article{a,\n title={T}}\n```\n", "README.md")
    assert not bibtex.matches("@media {a}\nTY  - JOUR", "x.css")


def test_many_broken_entries_take_no_time():
    text = "@misc{a, title={" * 20_000 + "\n@misc{b, t={" * 5_000
    begin = time.perf_counter()
    assert rows(text)
    rows("@misc{a,\n title={x\n" * 10_000)
    rows("{" * 200_000 + "@a{b, c=" + "{" * 200_000)
    assert time.perf_counter() - begin < 8


def test_it_agrees_with_bibtexparser_on_sound_files():
    import bibtexparser

    text = "\n".join(
        f"@article{{k{i},\n title = {{Title {{N}}umber {i}}},\n author = {{Lee, A.}},\n year = {{{1990 + i}}}\n}}"
        for i in range(30)
    )
    theirs = bibtexparser.parse_string(text).entries
    assert [(e.key, e["title"]) for e in theirs] == [(row["key"], row["title_raw"]) for row in rows(text)]


ENTRY = "@article{{k{0},\n  title = {{Title {0}}},\n  author = {{Lee, Ann and Roe, Bo}},\n  year = {{2000}}\n}}\n\n"


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_every_marker_of_a_mutated_file_gives_a_row(data):
    text = "".join(ENTRY.format(i) for i in range(6))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        text = (
            text[:at]
            + data.draw(st.sampled_from(["", "{", "}", '"', ",", "=", "\\", "%", "\n", "é", "\x00"]))
            + text[at + 1 :]
        )
    markers = re.findall(r"^@article\{", text, re.M)
    found = rows(text)
    accounted = sum(1 + row.get("raw", "").count("\n@article{") for row in found)
    assert accounted >= len(markers)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*'@{}(),="#%\\ \nabAB1', "@misc{", "@string{", "title = "]), max_size=120))
def test_no_text_raises(pieces):
    rows("".join(pieces))


@pytest.mark.parametrize("key", ["with space", "a%b", "a#b", "", "k{x}y", "üñí", '"q"', "a=b", "a(b)", "d:10.1/x_y;z",
                                 "x" * 5000])
def test_an_odd_key_costs_nothing(key):
    first, second = rows(f"@misc{{{key}, title={{One}}, year=2001}}\n@misc{{next, title={{Two}}}}")
    assert (first["key"], first["title"], first.get("problem"), second["title"]) == (key, "One", None, "Two")


@pytest.mark.parametrize("key", ["a,b", "a}b"])
def test_a_key_that_ends_too_soon_costs_no_field(key):
    first, second = rows(f"@misc{{{key}, title={{One}}, year=2001}}\n@misc{{next, title={{Two}}}}")
    assert (first["key"], first["title"], second["title"]) == ("a", "One", "Two")
    assert first["problem"]


def test_a_sign_in_braces_of_its_own_stays_in_the_address():
    (row,) = rows(r"@misc{a, doi = {10.1000/978-3-5{\_}26}, url = {https://x.org/a{\_}b{\%}20c}}")
    assert (row["doi"], row["url"]) == ("10.1000/978-3-5_26", "https://x.org/a_b%20c")


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("Roe Lee, Ann,  Dam, Bo,  Ek, Cy", ["Roe Lee, Ann", "Dam, Bo", "Ek, Cy"]),
        ("Lee,\n    Ann", ["Lee, Ann"]),
        ("A. Lee, B.~C. van Roe", ["Lee, A.", "van Roe, B. C."]),
        ("Lee A.B., Roe C.", ["Lee, A.B.", "Roe, C."]),
        (r"A. Lee \& B. Roe", ["Lee, A.", "Roe, B."]),
        ("Ann Lee, Bo Roe, Cy Dam", ["Lee, Ann", "Roe, Bo", "Dam, Cy"]),
        ("Department of Things, University of Ponds, Far Away", ["Department of Things University of Ponds Far Away"]),
        ("van der Lee, Ann Bo, Jr.", ["van der Lee, Jr., Ann Bo"]),
        ("Lee, Ann and and Dam, Bo and", ["Lee, Ann", "Dam, Bo"]),
        ("[No author name available]", []),
        ("M&uuml;ller, J&ouml;rg and Lee, Ann", ["Müller, Jörg", "Lee, Ann"]),
    ],
)
def test_lists_of_names_that_are_put_together_oddly(field, names):
    (row,) = rows(f"@misc{{a, title={{T}}, author = {{{field}}}}}")
    assert row.get("authors", []) == names


def test_a_doi_may_stand_where_scielo_puts_it():
    (row,) = rows("@article{a, title={T}, crossref = {10.1000/v1i2.3}}")
    assert row["doi"] == "10.1000/v1i2.3"


@pytest.mark.parametrize(
    ("between", "told"),
    [
        ("year = {2001},\n title = {Lost}\n}\n", "Lost"),  # its first line is gone
        ("rest of a Lost title},\n}\n", "Lost"),
        ("@misclost,\n title = {Lost},\n}\n", "Lost"),  # its first brace is gone
        ("@misc}\n title }= {Lost},\n}\n", "Lost"),
    ],
)
def test_fields_that_stand_in_no_entry_are_a_row(between, told):
    before, found, after = rows(f"@misc{{a, title={{One}}}}\n\n{between}\n@misc{{b, title={{Two}}}}\n")
    assert (before["title"], after["title"]) == ("One", "Two")
    assert (found["line"], "stands in no entry" in found["problem"], told in found["raw"]) == (3, True, True)


def test_an_entry_that_lost_its_first_line_keeps_its_fields():
    found, _ = rows(" title = {Lost},\n year = {2001}\n}\n@misc{b, title={Two}}\n")
    assert (found["title"], found["year"], found["type"], found["line"]) == ("Lost", 2001, None, 1)


def test_words_between_entries_are_told_once_and_in_broken_files_only():
    text = "Of stones\n@misc{a,\n title={One}\n}\nand more stones\n@misc{b,\n title={Two}\n}\n"
    assert [row["title"] for row in rows(text)] == ["One", "Two"]
    told, *found = rows(text + "@misc{c,\n title={Three\n")
    assert [row["title"] for row in found] == ["One", "Two", "Three"]
    assert (told["line"], told["raw"]) == (1, "Of stones\nand more stones")
    assert "places: 2" in told["problem"]


def test_lines_behind_a_percent_sign_are_no_text_between_entries():
    assert ["One", "Two"] == [
        row["title"] for row in rows("% title = {No}\n@misc{a, title={One}}\n% more\n@misc{b,\n title={Two\n")
    ]


def test_several_entries_in_a_comment_are_put_aside():
    inside = "".join(f"@misc{{k{i},\n title = {{Inside {i}}}\n}}\n" for i in range(30))
    (row,) = rows(f"@comment{{\n{inside}}}\n@misc{{b, title={{Two}}}}\n")
    assert row["title"] == "Two"


@pytest.mark.parametrize(
    "broken",
    [
        "@misc{a,\n title = {One,\n@misc{b,\n year={2001}\n}\n@misc{c,\n year = {2002}\n}\n}\n}\n",  # both in a value
        "@misc{a,\n title = {One\n@misc{b,\n year={2001}\n}\n},\n stray, note={x}\n}\n@misc{c,\n year = {2002}\n}\n",
        "@misc{a,\n title = {One},\n title = {On\n@misc{b,\n year={2001}\n}\n}}\n@misc{c,\n year = {2002}\n}\n",
        '@misc{a,\n title = "One,\n@misc{b,\n note="x", year={2001}\n}\n@misc{c,\n year = {2002}\n}\n',
        "@misc{a,\n title = {One@misc{b,\n year = {2001}\n}\n@misc{c,\n year = {2002}\n}\n",  # run together
        "@misc{a,\n\xa0title = {One\n\xa0@misc{b,\n year = {2001}\n}\n@misc{c,\n year = {2002}\n}\n",
    ],
)
def test_neighbours_that_are_broken_get_a_row_each_and_nothing_of_each_other(broken):
    found = [row for row in rows(broken) if row.get("key")]
    assert [row["key"] for row in found] == ["a", "b", "c"]
    assert [row.get("year") for row in found[1:]] == [2001, 2002]
    assert found[0]["problem"] and found[0].get("year") is None


def test_a_brace_too_many_costs_no_field():
    (row,) = rows("@misc{a,\n title = {One}}\n year = {2001}\n}\n")
    assert (row["title"], row["year"]) == ("One", 2001)
    assert "closing brace too many" in row["problem"]


def test_text_that_is_passed_over_is_passed_over_with_its_braces():
    (row,) = rows("@misc{a,\n title = [{One and} two},\n year = {2001}\n}\n")
    assert row["year"] == 2001 and "{One and} two}" in row["raw"]


def test_a_field_that_ran_into_another_is_told_with_its_text():
    (row,) = rows("@misc{a,\n title={One},\n doi = {10.1000/x\n issn = {1},\n journal = Stones},\n}\n")
    assert "field doi looks like another field" in row["problem"] and "Stones" in row["raw"]


def test_abbreviations_are_known_in_a_broken_entry_too():
    (row,) = rows("@string{q = {Quarry}}\n@misc{a,\n title={One},\n journal = q,\n note = {x\n")
    assert row["venue"] == "Quarry"


def test_a_bib_file_without_any_whole_entry_is_still_bibtex():
    assert bibtex.matches("  year = 2001,\n  title = {One}\n}\n", "a.bib")
    assert not bibtex.matches("  year = 2001,\n  title = {One}\n}\n", "a.txt")


@pytest.mark.parametrize("after", ["% x = {y}\n", "%year={2001}\n", "\nRating = 5\n", "\nnote = {x}\n"])
def test_what_follows_a_sound_entry_is_not_part_of_it(after):
    one, *_, two = rows("@article{a, title={One}, year=2003}" + after + "@article{b, title={Two}}\n")
    assert (one["title"], one["year"], two["title"]) == ("One", 2003, "Two")
    assert not one.get("problem") and not one.get("extra")


def quickly(text, seconds=1):
    """A text's rows, if they are read without delay."""
    begun = time.process_time()
    found = rows(text) if bibtex.matches(text, "a.bib") else []
    assert time.process_time() - begun < seconds
    return found


@pytest.mark.parametrize("text", ["@a{" + " " * 20_000, "@a {k" + " " * 20_000 + "x", "@a{k," + " " * 20_000 + "x"])
def test_long_blanks_take_no_time(text):
    quickly(text)


def test_abbreviations_that_double_each_other_take_no_time():
    doubled = "".join(f"@string{{a{n + 1}=a{n} # a{n}}}\n" for n in range(1, 40))
    (row,) = quickly("@string{a1={stone}}\n" + doubled + "@misc{k, title=a40, note={One}, journal=a2}\n")
    assert row["venue"] == "stonestone" and "is not defined" in row["problem"]


@pytest.mark.parametrize("remark", ["checked until here :-{", "see http://a.b/?a={b} for more"])
def test_remarks_between_entries_are_no_problem(remark):
    found = rows(f"@misc{{a, title={{One}}}}\n{remark}\n@misc{{b, title={{Two}}}}\n")
    assert [(row["title"], row.get("problem")) for row in found] == [("One", None), ("Two", None)]


@pytest.mark.parametrize("first", ["%@article{old,", "% @article{old,", "article{old,"])
def test_an_entry_put_aside_is_called_that(first):
    one, old, two = rows(f"@misc{{a, title={{One}}}}\n{first}\n title={{Old}},\n}}\n@misc{{b, title={{Two}}}}\n")
    assert (one["title"], old["title"], two["title"]) == ("One", "Old", "Two")
    assert "put aside" in old["problem"] and "damaged" not in old["problem"]


def test_many_entries_without_a_brace_take_no_time():
    begun = time.process_time()
    found = list(blocks("@misc{a, title={One}}\n" + "@miscb,\n" * 60_000 + "\n@misc{c, title={Two}}\n", {}))
    assert time.process_time() - begun < 1
    assert [block.line for block in found[:3]] == [1, 2, 3] and found[-1].line == 60_003


QUOTED = "@article{x, title={X}}\n@article{y, title={Y}}"


@pytest.mark.parametrize(
    "fields",
    [
        f"abstract={{Write\n{QUOTED}\nto cite.}},\n year={{2001}}",
        f"year={{2001}},\n abstract={{Write\n{QUOTED}}}",
        f'abstract="Write\n{QUOTED}\nto cite.",\n year={{2001}}',
        "keywords={a}, keywords={b},\n annote={Cite\n@article{x, title={X}}},\n year={2001}",
        "keywords={a},\n annote={Cite\n@article{x, title={X}}},\n keywords={b},\n year={2001}",
    ],
)
def test_entries_quoted_in_a_sound_value_are_text(fields):
    one, two = rows(f"@misc{{a,\n title={{One}},\n {fields}\n}}\n@misc{{b, title={{Two}}}}\n")
    assert (one["title"], one["year"], two["title"]) == ("One", 2001, "Two")


def test_entries_swallowed_by_a_value_are_entries():
    after = "@misc{b, title={Two}}\n@misc{c, title={Three}}}\n@misc{d, title={Four}}"
    assert [row["key"] for row in rows("@misc{a,\n title={One,\n}\n" + after)] == ["a", "b", "c", "d"]
    assert [row["key"] for row in rows("@misc{a,\n title={One\n" + after)] == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("before", "line"),
    [
        ("", "@string{a={b\n"),
        ("", "@preamble{\n"),
        ("@misc{a, abstract={", "\n x@y(z, b=c"),
        ("@misc{a, abstract={", "\nb=cx@y(z,"),
        ("", "@misc{a, t={b\n"),
        ("", "@misc(a, t={b\n"),
        ("", '@misc(a, t="b\n'),
        ("", "@misc{a, t={b\n@misc{c, u={v}}\n"),
        ("@misc{a, t={1}", "} x={1}"),
    ],
)
def test_damage_on_every_line_takes_no_time(before, line):
    quickly("@misc{k, title={One}}\n" + before + line * (50_000 // len(line)), 2)


@pytest.mark.parametrize("field", ["url_Paper", "url_pdf", "pdf", "url_link", "html"])
def test_fields_of_home_pages_hold_links(field):
    (row,) = rows(f"@misc{{a, title={{T}}, {field} = {{https://doi.org/10.1000/x\\_1}}}}")
    assert ("https://doi.org/10.1000/x_1", "10.1000/x_1") == (row["url"], row["doi"])


def test_the_name_of_a_file_is_no_link():
    (row,) = rows("@misc{a, title={T}, pdf = {lee.pdf}}")
    assert (None, "lee.pdf") == (row.get("url"), row["extra"]["pdf"])


@pytest.mark.parametrize("field", ["arxivId", "arxiv"])
def test_arxiv_ids_have_fields_of_their_own(field):
    (row,) = rows(f"@misc{{a, title={{T}}, {field} = {{2101.00001}}}}")
    assert "2101.00001" == row["arxiv_id"]


@pytest.mark.parametrize(("note", "url"), [
    (r"Available at: \url{https://a.example/t}", "https://a.example/t"),
    (r"[Online]. Available: \url{https://a.example/t}, accessed 2020", "https://a.example/t"),
    (r"\url{https://a.example/t\_1}", "https://a.example/t_1"),
    (r"Comment on \url{https://a.example/other}", None),
])
def test_a_note_that_says_where_a_paper_is_holds_its_link(note, url):
    (row,) = rows(f"@misc{{a, title={{T}}, note = {{{note}}}}}")
    assert (url, note) == (row.get("url"), row["extra"]["note"])


@pytest.mark.parametrize("piece", ["/", "1.", "on ", "see: ", "\\\\url "])
def test_a_long_note_without_a_link_takes_no_time(piece):
    quickly(f"@misc{{a, title={{T}}, note = {{{piece * 100_000}}}}}")


def test_a_keyword_field_for_each_keyword_is_no_problem():
    (row,) = rows("@misc{a, title={T}, keywords = {one}, keywords = {two}, keywords = {three}}")
    assert (["one", "two", "three"], None) == (row["keywords"], row.get("problem"))


@pytest.mark.parametrize(("field", "names"), [
    ("安倍公、石田三", ["安倍公", "石田三"]),
    ("Ann Lee,\n  Bo R{\\'e}", ["Lee, Ann", "Ré, Bo"]),
    ("Lee,\n  Ann Bo", ["Lee, Ann Bo"]),
    ("de la Roe,\n  Ann Bo", ["de la Roe, Ann Bo"]),
    ("{Bureau of Stones,\n  Sand Office}", ["Bureau of Stones Sand Office"]),
])
def test_names_divided_as_a_person_would_read_them(field, names):
    (row,) = rows(f"@misc{{a, title={{T}}, author = {{{field}}}}}")
    assert names == row["authors"]


def test_text_beside_an_entry_that_was_put_aside_is_a_comment():
    one = "@misc{a, title={One}}"
    others = ("@misc{b, title={Two}}", "misc{c,\n title={Three}\n}", "@misc{d, title={Four}}")
    found = rows("\n".join([one, "Of stones", *others]))
    assert ["One", "Two", "Three", "Four"] == [row.get("title") for row in found]


@pytest.mark.parametrize(("parent", "told"), [
    ("proc", False), ("PROC", False), ("gone", True), ("10.1000/x", False), ("", False)])
def test_a_crossref_to_an_entry_that_is_not_there_is_told(parent, told):
    row, _ = rows(f"@inproceedings{{a, title={{T}}, crossref={{{parent}}}}}\n@proceedings{{proc, title={{P}}}}\n")
    assert told == (f"crossref names '{parent}'" in row.get("problem", ""))
