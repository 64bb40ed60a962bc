"""review_kit: a literature review in Jupyter, from ragged paper lists to a finished survey.

Everything public is named here and loaded when it is first used, so that importing the package is quick and has no
effects.
"""

from importlib import import_module
from typing import Any

_ROOMS = {
    "errors": ("CountsError", "LogError", "NotSaved", "ProtocolError", "ReviewKitError", "SourceError"),
    "formats": ("read_records",),
    "formats.decisions": ("read_decisions", "write_decisions"),
    "protocol": ("Protocol", "read_protocol"),
    "review_log": ("ReviewLog", "check_log", "current_events", "read_events"),
    "catalogue": ("Catalogue", "load_catalogue"),
    "problems": ("find_problems", "find_source_problems", "problem_summary"),
    "rereading": ("add_source", "compare_records", "place_events"),
    "duplicates": ("duplicate_counts", "find_duplicates", "find_duplicates_on_disk", "merge_duplicates"),
    "screening": (
        "agreement", "assign_papers", "krippendorff_alpha", "screening_queue", "screening_status", "select_papers",
    ),
    "ranking": ("rank_papers",),
    "stopping": ("stopping_evidence",),
    "simulation": ("plot_recall", "screening_metrics", "simulate_screening"),
    "extraction": ("extraction_details", "extraction_table", "notes_table", "tag_table"),
    "cite_keys": ("citation_keys",),
    "citations": ("format_references", "pin_citation_keys", "write_citations"),
    "prisma": ("paper_flow", "plot_prisma", "prisma_counts", "write_prisma_csv"),
    "tables": ("SurveyTable", "show_table", "survey_table"),
    "figures": ("plot_by_year", "plot_evidence_map", "plot_taxonomy", "plot_timeline"),
    "figure_files": ("save_figure", "show_figure"),
    "widgets": ("CitationExporter", "NoteTaker", "PairJudge", "Screener", "TableBuilder", "Tagger"),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}
__all__ = sorted(_ROOM_OF)


def __getattr__(name: str) -> Any:
    """Load a public name from its room."""
    if name not in _ROOM_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_ROOM_OF[name]}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names, for completion."""
    return __all__
