"""review_kit: a literature review in Jupyter, from ragged paper lists to a finished survey."""
