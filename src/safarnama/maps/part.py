"""What everything on a map is made of."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """Anything on a map: a field that is not known is a mistake, never silently dropped."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)
