"""The errors a user may meet. Each message says what, where, what was expected, what was found and what to do."""

from __future__ import annotations


class ReviewKitError(Exception):
    """Something review_kit cannot go on with; the message says what to do."""


class SourceError(ReviewKitError):
    """A source cannot be read at all (missing, too large, not a format we know)."""


class ProtocolError(ReviewKitError):
    """The protocol breaks its own rules; every fault is listed in one message."""


class LogError(ReviewKitError):
    """The review log cannot be read or written; what was acknowledged before stays as it is."""


class NotSaved(LogError):
    """An act did not reach the disk. Nothing was recorded; the same act may be sent again."""


class CountsError(ReviewKitError):
    """Numbers that must add up do not; the message names the papers that break the sum."""
