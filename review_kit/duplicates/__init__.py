"""Records of one paper: found with evidence, settled by people where in doubt, merged with provenance.

The way of a pair: `forms` makes fields comparable, `blocks` says which records meet, `signals` how their fields agree,
`rules` judges, `groups` keeps apart what contradicts, `merging` makes papers. `words` and `titles` hold what must be
known about words; `on_disk` does the same for catalogues larger than memory.
"""

from .finding import find_duplicates
from .merging import duplicate_counts, merge_duplicates
from .on_disk import find_duplicates_on_disk

__all__ = ["duplicate_counts", "find_duplicates", "find_duplicates_on_disk", "merge_duplicates"]
