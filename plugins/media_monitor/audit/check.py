"""All checks of a beat, file after file."""

from collections.abc import Callable, Iterator

from media_monitor.audit import claims, lists, registry
from media_monitor.audit.fault import Fault, first, refused
from media_monitor.beat import Beat
from media_monitor.errors import BeatError

_CHECKS: tuple[Callable[[Beat], Iterator[Fault]], ...] = (
    claims.settings_faults,
    registry.entity_faults,
    registry.alias_faults,
    claims.claim_faults,
    lists.feed_faults,
    lists.publisher_faults,
    claims.record_faults,
    claims.alert_faults,
    lists.sample_faults,
)


def check(name_or_folder: str) -> list[Fault]:
    """What is wrong with the beat, in the order of its files; empty where nothing is. A file that cannot be read is one
    fault, and does not keep the others from being checked.

    Raises:
        BeatError: there is no such folder.
    """
    try:
        beat = Beat.load(name_or_folder)
        _ = beat.entities, beat.aliases, beat.claims
    except BeatError as error:
        if "is no beat" in str(error):
            raise
        return [refused(error)]
    return list(dict.fromkeys(fault for one in _CHECKS for fault in first(one(beat))))
