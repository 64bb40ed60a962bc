"""Figures for the manuscript: papers over time, evidence map, taxonomy tree."""

from .evidence_map import plot_evidence_map
from .over_time import plot_by_year, plot_timeline
from .taxonomy_tree import plot_taxonomy

__all__ = ["plot_by_year", "plot_evidence_map", "plot_taxonomy", "plot_timeline"]
