"""Problems: a linter for lists and bibliographies. It names every defect, with its place and what to do about it."""

from .finding import find_problems, problem_summary
from .kinds import PROBLEM_KINDS
from .source_text import find_source_problems

__all__ = ["PROBLEM_KINDS", "find_problems", "find_source_problems", "problem_summary"]
