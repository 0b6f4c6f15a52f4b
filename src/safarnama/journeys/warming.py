"""Making the machine code of all kernels ahead of the first question: once an installation, while it is set up anyway.

Run as ``python -m safarnama.journeys.warming``. A tiny workspace goes the whole way, so what is compiled is what will be used.
"""

from __future__ import annotations

import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from safarnama.core import registry
from safarnama.core.workspace import Workspace

# What is asked first of whatever comes.
_EVERYDAY: dict[str, dict[str, str]] = {
    "overview": {},
    "flow": {},
    "paths": {"length": "10"},
    "funnel": {"steps": "e1,e41,e81"},
    "stepmatrix": {},
    "sessions": {"medians": "no"},
    "reach": {},
}
_STEPS = ("visit", "view", "add", "pay", "buy")


def warm() -> None:
    """Import, link, encode and ask everything once over a handful of events."""
    with tempfile.TemporaryDirectory() as folder:
        shop = Workspace.new(Path(folder) / "shop")
        events = Path(folder) / "events.csv"
        events.write_text(_events(), encoding="utf-8")
        shop.import_files(events)
        journeys = shop.journeys()
        for name in registry.names("question"):
            question = registry.find("question", name)
            needed = {"steps": "view,add,buy", "stages": "visit,view,buy", "goal": "buy", "plan": "view,add,buy"}
            needed["what"] = "funnel steps=view,buy"
            required = {field: needed[field] for field, info in question.model_fields.items() if info.is_required()}
            required |= {"by": "channel"} if "what" in required else {}
            journeys.ask(question.of(required))
        for sizes in ("yes", "no"):
            journeys.ask(registry.find("question", "sessions").of({"medians": "no", "sizes": sizes}))
        journeys.ask(registry.find("question", "funnel").of({"steps": "view,add,buy", "medians": "no"}))
        shape = (
            "collapse; collapse loops; cut before buy 30d; cut after view 30d; cut last 2; sessions; episodes until buy"
        )
        tuple(journeys.shape(shape).shards)  # a shape is made when it is looked at
        journeys.where(
            "channel = web and reached buy within 30d and did view > buy within 7d and during 2026-01-01..2026-12-31"
        )
        registry.find("door", "discover")(shop, goal="buy")
        many = Workspace.new(Path(folder) / "many")
        events.write_text(_many(), encoding="utf-8")
        many.import_files(events, columns={"touchpoint": "event"})
        journeys = many.journeys()
        for name, needed in _EVERYDAY.items():
            journeys.ask(registry.find("question", name).of(needed))


def _many() -> str:
    """More touchpoints than one byte numbers and than a square table of pairs is made for: other kernels count these."""
    lines = ["user_id,timestamp,event"]
    start = datetime(2026, 1, 1)
    lines += [f"u{row % 40},{(start + timedelta(minutes=row)).isoformat()},e{row % 1100}" for row in range(1200)]
    return "\n".join(lines) + "\n"


def _events() -> str:
    lines = ["user_id,device_id,session_id,timestamp,event,channel,platform,amount,rating,comment"]
    start = datetime(2026, 1, 1)
    for person in range(40):
        for turn in range(12):
            moment = start + timedelta(days=turn * (person % 20 + 1), minutes=person)
            step = _STEPS[(person + turn) % len(_STEPS)]
            paid, score = ("12.5", str(turn % 5 + 1)) if step == "buy" else ("", "")
            lines.append(
                f"u{person},d{person // 2},s{person}-{turn},{moment.isoformat()},{step},web,"
                f"{'ios' if person % 2 else 'android'},{paid},{score},{'fine' if score else ''}"
            )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    warm()
