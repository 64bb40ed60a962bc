"""Screening: who reads what, what was decided, where each paper stands, and how well reviewers agree."""

from .assignment import assign_papers
from .queues import screening_queue
from .reviewer_agreement import agreement, agreement_statistics, krippendorff_alpha
from .status import screening_status, select_papers

__all__ = [
    "agreement", "agreement_statistics", "assign_papers", "krippendorff_alpha", "screening_queue", "screening_status",
    "select_papers",
]
