"""The bytes of a file as text, with a note where the encoding is not plain UTF-8."""

from __future__ import annotations

import codecs
import re

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
          (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SAMPLE = 200_000
# Which of four bytes are zero in Western text of these encodings.
_WIDE = {(False, True, False, True): "utf-16-le", (True, False, True, False): "utf-16-be",
         (False, True, True, True): "utf-32-le", (True, True, True, False): "utf-32-be"}
# Single-byte encodings fit any bytes, so a guess among them is only taken from this list; all else is Windows-1252.
_BELIEVED = frozenset("utf_8 utf_16 utf_16_le utf_16_be utf_32 gb18030 gb2312 gbk big5 shift_jis cp932 euc_jp "
                      "euc_kr cp949 "
                      "cp1251 koi8_r mac_roman cp1250 iso8859_2".split())
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
    """The likeliest encoding of text that is not UTF-8."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is not None and best.encoding in _BELIEVED and _is_foreign(data, best.encoding):
        return best.encoding
    return "cp1252" if not any(byte in data for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)) else "latin-1"


def _is_foreign(data: bytes, encoding: str) -> bool:
    """Whether the foreign bytes are so many that a non-Western encoding is likely."""
    high = sum(1 for byte in data[:_SAMPLE] if byte > 0x7F)
    return encoding.startswith("utf") or high > 0.05 * len(data[:_SAMPLE])
