"""Shaping: each way gives Journeys again, over the same arrays or over new ones made in one pass; nothing is ever re-sorted."""
