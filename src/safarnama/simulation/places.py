"""The cities the shop sends to."""

from __future__ import annotations

from typing import NamedTuple

from safarnama.core.words import Text


class City(NamedTuple):
    """A city: its name, share of customers, usual days on the road, and store."""

    name: Text
    share: float
    transit_days: float
    store: int  # index of STORES, or -1


STORES = ("تهران، ولیعصر", "اصفهان، چهارباغ")

CITIES = (
    City(Text(en="Tehran", fa="تهران"), 0.30, 2.0, 0),
    City(Text(en="Mashhad", fa="مشهد"), 0.12, 3.2, -1),
    City(Text(en="Isfahan", fa="اصفهان"), 0.11, 2.6, 1),
    City(Text(en="Karaj", fa="کرج"), 0.09, 2.1, -1),
    City(Text(en="Shiraz", fa="شیراز"), 0.09, 3.0, -1),
    City(Text(en="Tabriz", fa="تبریز"), 0.08, 3.0, -1),
    City(Text(en="Ahvaz", fa="اهواز"), 0.06, 3.4, -1),
    City(Text(en="Qom", fa="قم"), 0.05, 2.3, -1),
    City(Text(en="Rasht", fa="رشت"), 0.04, 2.8, -1),
    City(Text(en="Kermanshah", fa="کرمانشاه"), 0.03, 3.4, -1),
    City(Text(en="Yazd", fa="یزد"), 0.02, 3.1, -1),
    City(Text(en="Bandar Abbas", fa="بندرعباس"), 0.01, 3.9, -1),
)
