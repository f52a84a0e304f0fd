"""Who a figure is: of its names the chief one, its entity, and the role in which it speaks."""

from collections.abc import Sequence

from media_monitor.extract.grammar.clauses import Name
from media_monitor.model import Role


def chief(names: Sequence[Name], titled: bool) -> Name | None:
    """The name that the figure is: a person, else an organisation, else the country (the first before a title)."""
    for kind in ("person", "organisation"):
        for name in reversed(names):
            if any(e.kind == kind and not (titled and e.sector == "IGO" and len(names) > 1) for e in name.entities):
                return name
    return (names[0] if titled else names[-1]) if names else None


def entity_of(name: Name, party: str | None) -> str | None:
    """The entity of the name that is of the party, a person before an organisation; None where none is."""
    order = {"person": 0, "organisation": 1, "country": 2, "place": 3}
    mine = [e for e in name.entities if e.party == party]
    return min(mine, key=lambda e: order[e.kind]).entity_id if mine else None


def role_of(named: Name | None, titles: Sequence[Sequence[str]], organs: frozenset[str]) -> Role:
    """How a figure speaks: officially, as a medium, expert or source; `organs` are media that speak for a state."""
    roles = {t[0] for t in titles}
    if "source" in roles:
        return "source"
    if "expert" in roles:
        return "expert"
    if named is None:
        return "media" if "media" in roles else "official"
    if any(e.entity_id in organs for e in named.entities):
        return "official"
    sectors = {e.sector for e in named.entities if e.kind in ("person", "organisation")}
    if "official" in roles and not sectors & {"MED", "EDU"}:
        return "official"
    if sectors & {"MED"} or "media" in roles:
        return "media"
    return "expert" if sectors & {"EDU", "NGO"} else "official"
