"""How Rayyan, ASReview and Covidence write decisions into a record: notes, labels and columns, read and written."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Act:
    """What one reviewer did about one record in another tool."""

    kind: str
    value: str
    reviewer: str
    stage: str | None = None
    reason: str | None = None
    at: str | None = None
    final: bool = False


RAYYAN_WORDS = {"included": "include", "excluded": "exclude", "maybe": "maybe"}
RAYYAN_NUMBERS = {"1": "include", "0": "maybe", "-1": "exclude"}
ASREVIEW_LABELS = {"1": "include", "0": "exclude"}
ASREVIEW_MARKS = {"ASReview_relevant": "include", "ASReview_irrelevant": "exclude"}
# Covidence says the decision by the name of the file it exports.
COVIDENCE_FILES = {
    "irrelevant": ("title_abstract", "exclude"),
    "excluded": ("full_text", "exclude"),
    "included": ("full_text", "include"),
}
# What waits for its full text has passed the stage before.
_COVIDENCE_QUEUES = {"select": ("title_abstract", "include")}
_TEXT = r'"((?:[^"\\]|\\.)*)"'
_INCLUSION = re.compile(r'RAYYAN-INCLUSION:\s*\{((?:[^{}"]|"(?:[^"\\]|\\.)*")*)\}')
_NOTES = re.compile(r'USER-NOTES:\s*\{((?:[^{}"]|"(?:[^"\\]|\\.)*")*)\}')
_NAMED = re.compile(_TEXT + r'\s*=>\s*(?:"((?:[^"\\]|\\.)*)"|\[((?:[^\]"]|"(?:[^"\\]|\\.)*")*)\])')
_LABELS = re.compile(r"RAYYAN-LABELS:\s*(.*?)\s*(?=\||$)", re.M)
_REASONS = re.compile(r"RAYYAN-EXCLUSION-REASONS:\s*(.*?)\s*(?=\||$)", re.M)
_COVIDENCE_REASON = re.compile(r"Exclusion reason:\s*([^;\n]+)")
_ASREVIEW_NOTE = re.compile(r"^\s*asreview_(\S.*?)\s*$", re.M)
_WRAPPED = re.compile(r"\s*<(?:p|div|span)\b", re.I)
_ENDS_LINE = re.compile(r"</(?:p|div)>|<br\s*/?>", re.I)
# ASReview's own list of the columns that hold a label, its own first.
_LABEL_COLUMNS = (
    "asreview_label", "included", "label_included", "final_included", "label", "included_label", "included_final",
    "included_flag", "include",
)  # fmt: skip


def rayyan_acts(note: str, stage: str) -> Iterator[Act]:
    """Read the acts that Rayyan appends to a record's note.

    Labels and reasons carry no name there: reasons go to whoever excluded, labels to the reviewers of the record.
    """
    # What people wrote may look like the rest, so it is taken out first.
    notes = _NOTES.search(note)
    note = note.replace(notes[0], "") if notes else note
    inclusion = _INCLUSION.search(note)
    voters = [(_unquoted(name), _unquoted(word)) for name, word, _ in _NAMED.findall(inclusion[1])] if inclusion else []
    reasons = _REASONS.search(note)
    for name, word in voters:
        decision = RAYYAN_WORDS.get(word.lower())
        if decision:
            reason = reasons[1] if reasons and reasons[1] and decision == "exclude" else None
            yield Act("decide", decision, name, stage, reason)
    labels = _LABELS.search(note)
    for label in labels[1].split(",") if labels else ():
        for name, _ in voters or [("rayyan", "")]:
            if label.strip():
                yield Act("tag", label.strip(), name)
    for name, single, several in _NAMED.findall(notes[1]) if notes else ():
        for text in [single] if single else re.findall(_TEXT, several):
            yield Act("note", _unquoted(text), _unquoted(name))


def rayyan_note(
    decisions: Mapping[str, tuple[str, str | None]], labels: Sequence[str], notes: Mapping[str, Sequence[str]]
) -> str:
    """Write decisions (reviewer to decision and reason), labels and notes as Rayyan does."""
    words = {decision: word.capitalize() for word, decision in RAYYAN_WORDS.items()}
    parts = []
    if decisions:
        votes = ", ".join(f"{_quoted(name)}=>{_quoted(words[decision])}" for name, (decision, _) in decisions.items())
        parts.append(f"RAYYAN-INCLUSION: {{{votes}}}")
    if labels:
        parts.append(f"RAYYAN-LABELS: {','.join(_on_one_line(label.replace(',', ' ')) for label in labels)}")
    reasons = dict.fromkeys(_on_one_line(reason) for _, reason in decisions.values() if reason)
    if reasons:
        parts.append(f"RAYYAN-EXCLUSION-REASONS: {','.join(reasons)}")
    if notes:
        texts = ", ".join(f"{_quoted(name)}=>[{', '.join(map(_quoted, said))}]" for name, said in notes.items())
        parts.append(f"USER-NOTES: {{{texts}}}")
    return " | ".join(parts)


def rayyan_log_acts(lines: Sequence[Mapping[str, str]], stage: str) -> Iterator[tuple[Mapping[str, str], Act]]:
    """Read the lines of Rayyan's log, each with its act; the reasons of a reviewer go to the last exclusion."""
    reasons: dict[tuple[str, str], list[str]] = {}
    last: dict[tuple[str, str], int] = {}
    for at, line in enumerate(lines):
        whom, key = (line.get("article_id", ""), line.get("user_email", "")), line.get("key", "")
        if key == "included":
            last[whom] = at
        elif key.startswith("__EXR__"):
            reason, given = key.removeprefix("__EXR__"), reasons.setdefault(whom, [])
            given[:] = [one for one in given if one != reason] + [reason] * (line.get("value") == "1")
    for at, line in enumerate(lines):
        whom = (line.get("article_id", ""), line.get("user_email", ""))
        why = ", ".join(reasons.get(whom, ())) if last.get(whom) == at else ""
        if act := _rayyan_log_act(line, stage, why or None):
            yield line, act


def _rayyan_log_act(line: Mapping[str, str], stage: str, reason: str | None) -> Act | None:
    """The act in one line of Rayyan's log; None where there is none."""
    key, value, name = line.get("key", ""), line.get("value", ""), line.get("user_email", "") or "rayyan"
    at = line.get("created_at", "").replace(" ", "T") or None
    if key == "included":
        if value == "deleted":
            return Act("undo", "", name, None, None, at)
        decision = RAYYAN_NUMBERS.get(value)
        return Act("decide", decision, name, stage, reason if decision == "exclude" else None, at) if decision else None
    if key in ("note", "notes"):
        return Act("note", value, name, None, None, at) if value.strip() not in ("", "deleted") else None
    if not key or key.startswith("__"):
        return None
    return Act("tag" if value == "1" else "untag", key, name, None, None, at)


def plain_note(note: str) -> str:
    """A note without the HTML in which Zotero wraps it."""
    if not _WRAPPED.match(note):
        return note
    return html.unescape(re.sub(r"</?[a-z][^<>]*>", "", _ENDS_LINE.sub("\n", note), flags=re.I))


def asreview_acts(fields: Mapping[str, str], note: str, stage: str) -> Iterator[Act]:
    """Read ASReview's columns, or their copies in the notes of a RIS record."""
    fields = {**dict(map(_asreview_column, _ASREVIEW_NOTE.findall(note))), **fields}
    told = fields.get("asreview_user_name") or fields.get("asreview_user_email") or "asreview"
    names = [name.strip() for name in told.split(";") if name.strip()] or ["asreview"]
    at = fields.get("asreview_time", "").strip().replace(" ", "T") or None
    columns = {column.lower(): value.strip() for column, value in fields.items()}
    label = next((columns[column] for column in _LABEL_COLUMNS if columns.get(column)), "")
    decision = ASREVIEW_LABELS.get(label.removesuffix(".0"))
    decision = decision or next((word for mark, word in ASREVIEW_MARKS.items() if re.search(rf"{mark}\b", note)), None)
    for name in names if decision else ():
        yield Act("decide", str(decision), name, stage, None, at)
    if fields.get("asreview_note", "").strip():
        yield Act("note", fields["asreview_note"].strip(), names[0], None, None, at)
    for column, value in fields.items():
        if column.startswith("asreview_tag_") and value.strip().removesuffix(".0") == "1":
            yield Act("tag", column.removeprefix("asreview_tag_"), names[0], None, None, at)


def covidence_acts(fields: Mapping[str, str], file_name: str) -> Iterator[Act]:
    """Read what a Covidence export says: the decision by the file's name, the reason in the notes, notes and tags."""
    files = {**COVIDENCE_FILES, **_COVIDENCE_QUEUES}
    stage, decision = next((said for word, said in files.items() if word in file_name.lower()), (None, None))
    notes = fields.get("Notes", "")
    reason = _COVIDENCE_REASON.search(notes)
    if stage and decision:
        yield Act("decide", decision, "covidence", stage, reason[1].strip() if reason else None, final=True)
    rest = _COVIDENCE_REASON.sub("", notes, count=1).strip("; \n")
    if rest:
        yield Act("note", rest, "covidence")
    tags = fields.get("Tags", "")
    for tag in tags.split(";" if ";" in tags else ","):
        if tag.strip():
            yield Act("tag", tag.strip(), "covidence")


def _asreview_column(line: str) -> tuple[str, str]:
    """Name and value of a column that ASReview copied into a note: behind the first colon that leaves whole JSON."""
    for colon in re.finditer(r":\s*", line):
        try:
            value = json.loads(line[colon.end():])
        except ValueError:
            continue
        return f"asreview_{line[:colon.start()]}", "" if value is None else str(value)
    name, _, value = line.partition(":")
    return f"asreview_{name}", value.strip()


def _quoted(text: str) -> str:
    """A text in quotes, as JSON writes it."""
    return json.dumps(text, ensure_ascii=False)


def _unquoted(text: str) -> str:
    """A text without the escapes it had in quotes."""
    try:
        return str(json.loads(f'"{text}"', strict=False))
    except ValueError:
        return text


def _on_one_line(text: str) -> str:
    """A label or reason without the sign that divides the parts of a note."""
    return " ".join(text.replace("|", " ").split())
