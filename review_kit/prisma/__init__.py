"""PRISMA 2020: counts in which every sum is proven, the flow diagram, and the R package's PRISMA.csv."""

from .counting import check_counts, prisma_counts
from .csv_file import write_prisma_csv
from .diagram import plot_prisma
from .flow import paper_flow

__all__ = ["check_counts", "paper_flow", "plot_prisma", "prisma_counts", "write_prisma_csv"]
