"""What a paper list is read as, beside what is expected of it."""

from itertools import zip_longest

from review_kit.formats import paper_lists


def read_like(text, expected):
    """The papers of a page, each with the fields its expected one has; one too many has its title."""
    return [{field: row.get(field) for field in paper} for paper, row in zip_longest(
        expected, paper_lists.read(text), fillvalue={"title": None})]
