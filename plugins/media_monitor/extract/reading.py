"""The first half of the stage in order: text → language → names → gate → sentences."""

from media_monitor.beat import Beat
from media_monitor.extract.document import Document, Reading


def read(document: Document, beat: Beat) -> Reading:
    """The document with language, names, relevance and, where it is relevant, sentences."""
    raise NotImplementedError
