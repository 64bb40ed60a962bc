"""The bytes of a file as text, with a note where the encoding is not plain UTF-8."""

from __future__ import annotations

import codecs
import re

from .latin_letters import latin_encoding

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
          (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SAMPLE = 200_000
# Which of four bytes are zero in Western text of these encodings.
_WIDE = {(False, True, False, True): "utf-16-le", (True, False, True, False): "utf-16-be",
         (False, True, True, True): "utf-32-le", (True, True, True, False): "utf-32-be"}
_NOT_LATIN = frozenset("gb18030 gb2312 gbk big5 shift_jis cp932 euc_jp euc_kr cp949 cp1251 koi8_r cp1253 cp1255 cp1256 "
                       "iso8859_7".split())
_RUN = re.compile(rb"[\x80-\xff]+")
# How JabRef, Emacs, XML and the databases say what a file is written in; "latin-9-unix" also tells the line ends.
_DECLARED = re.compile(
    rb"(?:^%+ *Encoding: *|-\*-.*?coding: *|<\?xml[^>]{0,80}encoding=[\"']|charset=[\"']?)"
    rb"([\w.-]+?)(?:-(?:unix|dos|mac))?(?![\w.-])",
    re.I | re.M,
)
_SINGLE_OR_ASIAN = re.compile(r"(?:iso8859|cp|mac|koi8|latin|gb|big5|shift|euc|johab|tis|hp)", re.I)


def decode(data: bytes) -> tuple[str, str, str | None]:
    """Read bytes as text: by byte order mark, else UTF-8, else the older encoding it names, else the likeliest.

    Parameters
    ----------
    data
        The content of a file.

    Returns
    -------
    text : str
        The text; bytes that fit nowhere become U+FFFD, so nothing is lost without a trace.
    encoding : str
        The encoding it was read in.
    note : str or None
        What a reader should know, where the encoding had to be guessed or characters were lost.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _told(data, encoding)
    columns = [data[:_SAMPLE][place::4] for place in range(4)]
    wide = _WIDE.get(tuple(column.count(0) > 0.4 * len(column) for column in columns))
    if wide:
        return _told(data, wide, guessed=True)
    try:
        return data.decode("utf-8"), "utf-8", None
    except UnicodeDecodeError as error:
        position = error.start
    if _mostly_utf8(data):
        text = data.decode("utf-8", "replace")
        lost = text.count("\ufffd")
        return text, "utf-8", f"{lost} places are not UTF-8 (first at byte {position:,}); they are marked with \ufffd"
    return _told(data, _declared(data) or _guess(data), guessed=True)


def _declared(data: bytes) -> str | None:
    """The older encoding that the head of a file names, if the file is written in it."""
    for found in _DECLARED.finditer(data[:2000]):
        for name in (found[1].decode("ascii"), re.sub(r"[\W_]", "", found[1].decode("ascii"))):
            try:
                encoding = codecs.lookup(name).name.replace("-", "_")
                encoding = "cp1252" if encoding == "iso8859_1" else encoding  # as browsers do
                if _SINGLE_OR_ASIAN.match(encoding):
                    data.decode(encoding)
                    return encoding
            except (LookupError, UnicodeError):
                continue
    return None


def _told(data: bytes, encoding: str, *, guessed: bool = False) -> tuple[str, str, str | None]:
    """The text in this encoding, with a note if it was guessed or does not fit."""
    text = data.decode(encoding, "replace")
    note = f"the file is not UTF-8; it was read as {encoding}" if guessed else None
    if "\ufffd" in text:
        note = f"{note or f'the file is marked as {encoding}'}; {text.count(chr(0xFFFD))} characters could not be read"
    return text, encoding, note


def _mostly_utf8(data: bytes) -> bool:
    """Whether the foreign characters are UTF-8 save for a few damaged places."""
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    foreign = sum(1 for character in text if character > "\x7f") - lost
    return foreign > 5 * lost


def _guess(data: bytes) -> str:
    """The likeliest encoding of text that is not UTF-8; where foreign bytes stand in long runs, it is not Latin."""
    sample = data[:_SAMPLE]
    runs = [len(run) for run in _RUN.findall(sample)]
    if sum(length for length in runs if length > 2) > 0.3 * sum(runs):
        from charset_normalizer import from_bytes

        best = from_bytes(sample).best()
        if best is not None and best.encoding in _NOT_LATIN:
            return best.encoding
    return latin_encoding(sample)
