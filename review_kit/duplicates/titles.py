"""How two titles, authors or venues differ: in spelling, in length, in numbers, in words."""

from __future__ import annotations

from . import words

# From far apart to the same; the rules compare these numbers.
APART, WORDS, ORDER, NUMBERS, SLIP, MARK, LONGER, NAMED, NEAR, SAME = range(10)
MISSING = -1
KNOWN_NAMES = frozenset(name for _, name in words.KNOWN_VENUES)
TITLE_WORDS = {
    MISSING: "a title is missing", APART: "titles are apart", WORDS: "titles differ in words",
    ORDER: "titles have the same words in another order", NUMBERS: "titles differ in numbers",
    SLIP: "titles differ by a letter in a short word",
    MARK: "one title ends in a number that may be a footnote mark",
    LONGER: "one title goes on where the other ends", NAMED: "one title lacks the short name",
    NEAR: "titles differ only in spelling", SAME: "titles are the same",
}


def title_difference(one: str, other: str, heads: tuple[str, str] = ("", "")) -> int:
    """Say how two title keys differ; the order of the two does not matter.

    Parameters
    ----------
    one, other
        Titles as `title_key` gives them.
    heads
        Keys of the part of each title before its first colon, where there is one.

    Returns
    -------
    int
        One of the constants of this module, from `APART` to `SAME`.
    """
    a, b = one.split(), other.split()
    if sorted(a) == sorted(b):
        return SAME if a == b else ORDER
    regions = _regions(a, b)
    levels = [_region_level(a[i:j], b[k:m], _where(a, b, (i, j, k, m)), heads) for i, j, k, m in regions]
    # If one title goes on at its start and the other at its end, neither is a cut of the other.
    longer = {bool(j > i) for (i, j, _, _), level in zip(regions, levels) if level == LONGER}
    return WORDS if len(longer) == 2 else min(levels)


def _regions(a: list[str], b: list[str]) -> list[tuple[int, int, int, int]]:
    """The stretches in which two lists of words differ, as from and to in each."""
    from rapidfuzz.distance import Indel

    regions: list[tuple[int, int, int, int]] = []
    for op in Indel.opcodes(a, b):
        if op.tag == "equal":
            continue
        if regions and regions[-1][1] == op.src_start and regions[-1][3] == op.dest_start:
            regions[-1] = (regions[-1][0], op.src_end, regions[-1][2], op.dest_end)
        else:
            regions.append((op.src_start, op.src_end, op.dest_start, op.dest_end))
    return regions


def _where(a: list[str], b: list[str], region: tuple[int, int, int, int]) -> str:
    """Whether a stretch stands at the start, the end or in the middle of the titles."""
    if region[0] == region[2] == 0:
        return "start"
    return "end" if region[1] == len(a) and region[3] == len(b) else "middle"


def _region_level(a: list[str], b: list[str], where: str, heads: tuple[str, str]) -> int:
    """How much the two wordings of one stretch differ."""
    if "".join(a) == "".join(b):
        return NEAR
    left, right = ([w for w in side if w not in words.LITTLE_WORDS or w in words.ROMAN_NUMBERS] for side in (a, b))
    if not left and not right:
        return NEAR
    if len(a) == len(b) and all(x == y or is_misspelling(x, y) or _is_slip(x, y) for x, y in zip(a, b)):
        return NEAR if all(x == y or is_misspelling(x, y) for x, y in zip(a, b)) else SLIP
    if not left or not right:
        if a and b:
            return WORDS
        return _one_goes_on(a if left else b, where, heads[0] if left else heads[1])
    if _numbers(left) != _numbers(right):
        return NUMBERS
    if len(left) == len(right) and all(is_misspelling(x, y) for x, y in zip(left, right)):
        return NEAR
    if where == "end" and len(left) == len(right) == 1 and min(len(a[0]), len(b[0])) >= 3 and (
            a[0].startswith(b[0]) or b[0].startswith(a[0])):
        return LONGER
    from rapidfuzz.distance import OSA

    # Words run together or torn apart by a line break: "nation wide" and "nationwlde".
    joined = "".join(left), "".join(right)
    shortest = min(map(len, joined))
    apart = shortest >= 10 and len(left) != len(right) and OSA.distance(*joined) <= shortest // 10
    return NEAR if apart else WORDS


def _one_goes_on(extra: list[str], where: str, head: str) -> int:
    """The difference where one title has words and the other has none at that place."""
    if where == "end" and extra == ["1"]:
        return MARK
    if where == "middle" or _numbers(extra) and len(extra) <= 3 and " ".join(extra) != head:
        return NUMBERS if _numbers(extra) else WORDS
    if where == "end":
        return LONGER
    if extra[0] in words.NOTICES:
        return WORDS
    return NAMED if len(extra) <= 4 and " ".join(extra) == head else LONGER


def _numbers(wording: list[str]) -> list[str]:
    """The words that count or number something."""
    return sorted(w for w in wording if w in words.ROMAN_NUMBERS or any(c.isdigit() for c in w))


def only_a_mark(one: str, other: str) -> bool:
    """Whether two title keys have the same numbers but for one "1", as footnotes leave it."""
    numbers = [_numbers(key.split()) for key in (one, other)]
    return numbers[0] == numbers[1] or sorted([*min(numbers, key=len), "1"]) == max(numbers, key=len)


def is_misspelling(one: str, other: str) -> bool:
    """Whether two words are likely one word, one of them misspelt, in the plural or in another spelling."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    # Two edits would make sitagliptin a misspelling of linagliptin.
    return long in (short + "s", short + "es") or len(short) >= 5 and _is_slip(one, other)


def _is_slip(one: str, other: str) -> bool:
    """Whether two words differ by one letter, which in short words may be another word as well ("hip", "hop")."""
    from rapidfuzz.distance import OSA

    if max(len(one), len(other)) < 2 or any(c.isdigit() for c in one + other) or {one, other} & words.ROMAN_NUMBERS:
        return False
    if any(_opposite(one, other, pair) or _opposite(other, one, pair) for pair in words.OPPOSITES):
        return False
    return OSA.distance(one, other) <= 1


def _opposite(one: str, other: str, pair: tuple[str, str]) -> bool:
    """Whether two words differ by this pair of beginnings alone."""
    return one.startswith(pair[0]) and other.startswith(pair[1]) and one[len(pair[0]):] == other[len(pair[1]):]


def same_venue(one: str, other: str) -> int:
    """1 if two venue forms name one venue (abbreviated or not), 0 if not, -1 if that cannot be said.

    Each word of one must begin the word of the other ("j cardiovasc res") or one is the initials of the other ("vldb");
    with words left over ("lancet", "lancet oncology") nothing can be said.
    """
    if not one or not other:
        return MISSING
    if one == other or one.replace(" ", "") == other.replace(" ", ""):
        return 1
    if one in KNOWN_NAMES and other in KNOWN_NAMES:
        return 0
    short, long = sorted((one.split(), other.split()), key=lambda v: (len(v), sum(map(len, v)), v))
    if _abbreviates(short, long):
        return 1 if len(short) == len(long) else MISSING
    if len(short) == 1 and len(long) > 1 and _starts_word(short[0], "".join(w[0] for w in long)):
        return 1
    from rapidfuzz.fuzz import token_set_ratio, token_sort_ratio

    if token_sort_ratio(one, other) >= 88:
        return 1
    cores = [" ".join(w for w in v if w not in words.MEETING_WORDS) for v in (short, long)]
    return MISSING if not all(cores) or token_set_ratio(*cores) >= 90 else 0


def _abbreviates(short: list[str], long: list[str]) -> bool:
    """Whether each word of one name begins a word of the other, in order."""
    rest = iter(long)
    return all(any(_starts_word(w, full) for full in rest) for w in short)


def _starts_word(one: str, other: str) -> bool:
    """Whether one word is the beginning of the other, or the other with letters left out ("natl", "national")."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return long.startswith(short) or len(short) >= 3 and long[0] == short[0] and all(c in rest for c in short)
