"""How good the extraction is: scores against labelled documents, comparisons of two runs, floors."""

from media_monitor.evaluate.scores import LAYERS, Difference, Judged, Label, Report, Score, evaluate, implied

__all__ = ["LAYERS", "Difference", "Judged", "Label", "Report", "Score", "evaluate", "implied"]
