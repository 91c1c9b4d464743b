"""Article text -> spaCy Doc: language, model, paragraphs, grammar."""
