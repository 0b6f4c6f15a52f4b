"""What people call the rows of a map."""

from __future__ import annotations

import re
from functools import cache

from safarnama.maps.lanes import LaneKind

_NAMES: dict[LaneKind, str] = {
    "doing": "doing|actions|action|user actions|customer actions|activities|activity|behaviour|behavior|tasks|چه می‌کند|اقدام|اقدامات|کارها|فعالیت‌ها",
    "touchpoints": "touchpoints|touchpoint|touch points|interactions|نقاط تماس|نقطه تماس",
    "channels": "channels|channel|کانال‌ها|کانال",
    "thinking": "thinking|saying|thoughts|thought|says|thinks|questions|چه می‌گوید|فکر|افکار|چه فکر می‌کند",
    "quotes": "quotes|quote|verbatim|verbatims|نقل قول‌ها|نقل قول",
    "feeling": "feeling|emotion curve|emotional curve|experience|satisfaction|score|feeling (−2 to +2)|feeling (-2 to +2)|احساس|احساس (از −۲ تا +۲)|منحنی احساس|رضایت|امتیاز",
    "feelings": "feelings|emotions|emotion|feels|احساس‌ها|احساسات|هیجان‌ها",
    "expectations": "expectations|expectation|انتظارها|انتظارات",
    "needs": "needs|need|user needs|customer needs|نیازها|نیاز",
    "jobs": "jobs to be done|jobs|jtbd|کارهایی که باید انجام شود",
    "motives": "motives|motivations|motivation|انگیزه‌ها|انگیزه",
    "rewards": "rewards|پاداش‌ها|پاداش",
    "enablers": "enablers|پیش‌برنده‌ها",
    "barriers": "barriers|obstacles|موانع|مانع",
    "objections": "objections|اعتراض‌ها",
    "strengths": "strengths|highlights|gains|positives|نقاط قوت|قوت‌ها",
    "pains": "pain points|pains|pain|pain point|frustrations|problems|issues|negatives|نقاط درد|دردها|مشکلات|مشکل‌ها",
    "moments": "moments of truth|moment of truth|لحظه‌های حقیقت|لحظات حقیقت",
    "opportunities": "opportunities|opportunity|ideas|solutions|improvements|فرصت‌ها|فرصت|ایده‌ها|راه‌حل‌ها",
    "measures": "measures|metrics|kpi|kpis|indicators|شاخص‌ها|سنجه‌ها|معیارها",
    "resources": "resources|منابع در دسترس مشتری|منابع",
    "images": "pictures|images|storyboard|تصویرها|تصاویر",
    "evidence": "physical evidence|evidence|شواهد فیزیکی|شواهد",
    "frontstage": "front stage|frontstage|onstage|روی صحنه",
    "backstage": "behind the scenes|backstage|back stage|processes|پشت صحنه|فرایندها",
    "support": "support|support processes|پشتیبانی",
    "systems": "systems|system|tools|technology|سامانه‌ها|سیستم‌ها|ابزارها",
    "risks": "risks|risk|threats|ریسک‌ها|ریسک|خطرها",
    "exits": "ways out|exits|exit|راه‌های خروج",
    "notes": "notes|note|comments|یادداشت‌ها|یادداشت",
}  # fmt: skip


def lane_of(name: str) -> LaneKind | None:
    """The kind of lane that a name means; None when it is no usual one."""
    return _known().get(_plain(name))


@cache
def _known() -> dict[str, LaneKind]:
    return {_plain(name): kind for kind, names in _NAMES.items() for name in names.split("|")}


def _plain(name: str) -> str:
    """One spelling: half-spaces as spaces, Arabic letters as Persian ones, no sign at the end."""
    text = name.replace("\u200c", " ").replace("ي", "ی").replace("ك", "ک").strip(" :：؛\t*_")
    return re.sub(r"\s+", " ", text).casefold()
