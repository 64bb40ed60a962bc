"""Paper lists: the READMEs of awesome lists and their like, in Markdown or HTML, in any of their dialects.

The way through the rooms: ``page_tree`` and ``blocks`` divide a page into items, rows, paragraphs and headings whose
``running_text`` is flat; ``entries`` (``rows`` for tables, ``parts`` for several in one) finds in a block its links,
``labels`` and ``dates``, its title (``titles``, ``title_options``, ``title_ends``, ``plain_words``, ``citations``),
and what is ``beside`` it (``brackets``, ``people``, ``tails``, ``venues``); ``selection`` joins what belongs together
(``joining``) and chooses the papers by their ``evidence`` and their ``company``; ``siblings`` gives an entry what the
others of its list have in its place; ``markdown`` makes rows of the records table of them.
"""

from .markdown import NAME, matches, read

__all__ = ["NAME", "matches", "read"]
