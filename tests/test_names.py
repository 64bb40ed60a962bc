"""Names of authors in any usual spelling."""

import pytest

from review_kit.text import display_name, name_parts, person_name, split_names


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("Jan van der Berg", "van der Berg, Jan"),
        ("van der Berg, Jan", "van der Berg, Jan"),
        ("Luc Van Gool", "Van Gool, Luc"),
        ("Martin Luther King Jr.", "King, Jr., Martin Luther"),
        ("King, Jr., Martin Luther", "King, Jr., Martin Luther"),
        ("King, Martin Luther, Jr.", "King, Jr., Martin Luther"),
        ("Smith JA", "Smith, JA"),
        ("Van den Berg J A", "Van den Berg, J A"),
        ("Lee-Roe N.", "Lee-Roe, N."),
        ("[No author name available]", ""),
        ("[Anonymous]", "Anonymous"),
        ("Thomas J. Montine*", "Montine, Thomas J."),
        ("{World Health Organization}", "World Health Organization"),
        ("Google Research", "Google Research"),
        ("AG Meyer", "Meyer, AG"),
        ("Siemens AG", "Siemens AG"),
        ("Anderson and Sons", "Anderson and Sons"),
        ("DeepSeek-AI", "DeepSeek-AI"),
        ("{Barnes and Noble, Inc.}", "Barnes and Noble Inc."),
        ("王伟", "王伟"),
        (r"M{\"u}ller, J.", "Müller, J."),
        ("O'Brien, Conan", "O'Brien, Conan"),
        ("Jean De La Croix", "De La Croix, Jean"),
        ("Ann v. Berg", "v. Berg, Ann"),
        ("Brian {Hamilton Kelly}", "Hamilton Kelly, Brian"),
        ("{\\'E}ric {Lo Presti}", "Lo Presti, Éric"),
        ("W. W. {Garth IV}", "Garth, IV, W. W."),
        ("{Jones, David M.}", "Jones, David M."),
        ("{Timeworks, Inc.}", "Timeworks Inc."),
        ("Ann {Lee, editor}", "Lee, Ann"),
    ],
)
def test_a_name_has_one_form(spelling, name):
    assert name == person_name(spelling)
    assert name == person_name(name)


@pytest.mark.parametrize(
    ("text", "names", "et_al"),
    [
        ("Ann Lee, Bo Dam and Cy Ek", ["Lee, Ann", "Dam, Bo", "Ek, Cy"], False),
        ("Ann Lee, Bo Dam, and Cy Ek", ["Lee, Ann", "Dam, Bo", "Ek, Cy"], False),
        ("Guo, Jia and Lavista Ferres, Juan M and others", ["Guo, Jia", "Lavista Ferres, Juan M"], True),
        ("Smith, J., Doe, A.-B. and Roe, C. D.", ["Smith, J.", "Doe, A.-B.", "Roe, C. D."], False),
        ("Smith JA, Doe B, Huszár F", ["Smith, JA", "Doe, B", "Huszár, F"], False),
        ("Liu et al.", ["Liu"], True),
        ("Ran Xu et.al.", ["Xu, Ran"], True),
        ("K. He, X. Zhang, et al", ["He, K.", "Zhang, X."], True),
        ("王伟，李明 等", ["王伟", "李明"], True),
        ("van der Berg, Jan; Smith, Ann", ["van der Berg, Jan", "Smith, Ann"], False),
        ("{World Health Organization} and Jan Berg", ["World Health Organization", "Berg, Jan"], False),
        ("Smith, John", ["Smith, John"], False),
        ("OpenAI, Google", ["OpenAI", "Google"], False),
        ("Luc Van Gool & Yann LeCun", ["Van Gool, Luc", "LeCun, Yann"], False),
        ("et al.", [], True),
        ("", [], False),
    ],
)
def test_a_list_of_names_is_split(text, names, et_al):
    assert (names, et_al) == split_names(text)


def test_parts_and_display_turn_a_name_back():
    assert ("King, Jr.", "Martin Luther") == name_parts("King, Jr., Martin Luther")
    assert ("OpenAI", "") == name_parts("OpenAI")
    assert "Jan van der Berg" == display_name("van der Berg, Jan")
    assert "Martin Luther King Jr." == display_name("King, Jr., Martin Luther")
