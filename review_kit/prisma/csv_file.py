"""Write PRISMA counts as the CSV file that the R package PRISMA2020 and its web page read."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pandas as pd

from ..file_writing import write_whole
from .counting import check_counts

# Key of the package, its node and box, our count, and the words in the box; as in its inst/extdata/PRISMA.csv.
_OLD = "previous version of review"
ROWS = (
    ("", "node4", "prevstud", "", "Previous studies"),
    ("previous_studies", "node5", "box1", "", f"Studies included in {_OLD}"),
    ("previous_reports", "", "box1", "", f"Reports of studies included in {_OLD}"),
    ("", "node6", "newstud", "", "Identification of studies via databases and registers"),
    ("database_results", "node7", "box2", "dbr_identified_databases", "Databases"),
    ("database_specific_results", "", "box2", "source:database:", "Specific Databases"),
    ("register_results", "", "box2", "dbr_identified_registers", "Registers"),
    ("register_specific_results", "", "box2", "source:register:", "Specific Registers"),
    ("", "node16", "othstud", "", "Identification of studies via other methods"),
    ("website_results", "node17", "box11", "other_identified_websites", "Websites"),
    ("organisation_results", "", "box11", "other_identified_organisations", "Organisations"),
    ("citations_results", "", "box11", "other_identified_citation_searching", "Citation searching"),
    ("duplicates", "node8", "box3", "dbr_duplicates_removed", "Duplicate records"),
    ("excluded_automatic", "", "box3", "dbr_removed_automation", "Records marked as ineligible by automation tools"),
    ("excluded_other", "", "box3", "dbr_removed_other", "Records removed for other reasons"),
    ("records_screened", "node9", "box4", "dbr_screened", "Records screened"),
    ("records_excluded", "node10", "box5", "dbr_excluded", "Records excluded"),
    ("dbr_sought_reports", "node11", "box6", "dbr_sought", "Reports sought for retrieval"),
    ("dbr_notretrieved_reports", "node12", "box7", "dbr_not_retrieved", "Reports not retrieved"),
    ("other_sought_reports", "node18", "box12", "other_sought", "Reports sought for retrieval"),
    ("other_notretrieved_reports", "node19", "box13", "other_not_retrieved", "Reports not retrieved"),
    ("dbr_assessed", "node13", "box8", "dbr_assessed", "Reports assessed for eligibility"),
    ("dbr_excluded", "node14", "box9", "dbr_excluded_full_text:", "Reports excluded"),
    ("other_assessed", "node20", "box14", "other_assessed", "Reports assessed for eligibility"),
    ("other_excluded", "node21", "box15", "other_excluded_full_text:", "Reports excluded"),
    ("new_studies", "node15", "box10", "included_studies", "Studies included in review"),
    ("new_reports", "", "box10", "included_papers", "Reports of included studies"),
    ("total_studies", "node22", "box16", "included_studies", "Total studies included in review"),
    ("total_reports", "", "box16", "included_papers", "Reports of total included studies"),
    ("identification", "node1", "identification", "", "Identification"),
    ("screening", "node2", "screening", "", "Screening"),
    ("included", "node3", "included", "", "Included"),
)
MISSING = "NA"  # as R spells it
COLUMNS = ("data", "node", "box", "description", "boxtext", "tooltips", "url", "n")


def write_prisma_csv(counts: pd.Series, path: str | Path) -> Path:
    """Write counts as ``PRISMA.csv`` for the R package PRISMA2020.

    The package has no boxes for duplicates and screening by other methods, for sources of kind ``other``, nor for what
    is still pending; its file leaves them out. What the counts do not have (a previous version of the review, a stage
    left out) is ``NA``, and the package leaves out the box of the previous version. Commas and semicolons in reasons
    and names become blanks, as they separate entries there.

    Parameters
    ----------
    counts
        As made by `prisma_counts`.
    path
        Where to write.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    CountsError
        The counts do not add up.
    ReviewKitError
        The file cannot be written.
    """
    check_counts(counts)
    lines = io.StringIO()
    table = csv.writer(lines, lineterminator="\n")
    table.writerow(COLUMNS)
    for key, node, box, name, words in ROWS:
        page = f"{key or box}.html"
        table.writerow([key or MISSING, node or MISSING, box, words, words, words, page, _value(counts, name)])
    return write_whole(path, lines.getvalue().encode("utf-8"))


def _value(counts: pd.Series, name: str) -> str:
    """A count, or a list of counts as ``one, 2; other, 3`` where the name ends in a colon."""
    if not name.endswith(":"):
        return str(counts.get(name, MISSING))
    parts = {n.removeprefix(name): counts[n] for n in counts.index if n.startswith(name) and counts[n]}
    return "; ".join(f"{_plain(part)}, {n}" for part, n in parts.items()) or "0"


def _plain(text: str) -> str:
    """A name without what separates entries, and without what a spreadsheet takes for a formula."""
    return " ".join(re.split(r"[,;\s]+", text)).lstrip("=+-@ ").strip()
