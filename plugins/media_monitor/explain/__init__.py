"""Why a text gave the facts that it gave: marks on the text, and a reason in words for each fact."""
