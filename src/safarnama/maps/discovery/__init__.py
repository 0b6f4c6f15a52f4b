"""Discovery: from journeys to a map. Words come from names where they help, everything counted comes from findings."""

from safarnama.maps.discovery.discover import discover

__all__ = ["discover"]
