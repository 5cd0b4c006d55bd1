"""From a document's words to claims with the slots of the fact tables."""
