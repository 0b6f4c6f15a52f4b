"""costs: what each campaign cost a month, in rial, with the clicks its network counted."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from safarnama.simulation.campaigns import ADVERTISEMENTS, EMAIL, FIRST_MAILING, MESSAGE_RIAL, SMS
from safarnama.simulation.chance import hashed, unit
from safarnama.simulation.plan import Plan
from safarnama.simulation.seasons import DAY, DAYS
from safarnama.simulation.touchpoints import AD_CLICKED, MESSAGE_CLICKED, MESSAGE_SENT

_PRICE, _CLICKS = 7_300, 7_301
_SETTING_UP = 1_500_000  # rial a mailing costs whatever its size


class Costs:
    """Counts of what is paid for, by day and campaign."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._clicks = np.zeros((DAYS, len(ADVERTISEMENTS)), np.int64)
        self._sent = np.zeros(len(plan.mailings), np.int64)
        self._opened = np.zeros(len(plan.mailings), np.int64)

    def add(self, events: np.ndarray) -> None:
        """Count a chunk of events as they happened, before anything is copied or lost."""
        clicked = events[events["touch"] == AD_CLICKED]
        np.add.at(self._clicks, ((clicked["time"] - self._plan.begin) // DAY, clicked["campaign"]), 1)
        for touch, counts in ((MESSAGE_SENT, self._sent), (MESSAGE_CLICKED, self._opened)):
            mailing = events["campaign"][events["touch"] == touch].astype(np.int64) - int(FIRST_MAILING)
            counts += np.bincount(mailing, minlength=len(counts)).astype(np.int64)

    def table(self) -> pa.Table:
        """A row for each month and campaign that cost something."""
        plan = self._plan
        months = [(plan.start + timedelta(days=day)).strftime("%Y-%m") for day in range(DAYS)]
        rows: list[tuple[str, str, str, int, int]] = []
        for month in sorted(set(months)):
            days = np.array([other == month for other in months])
            for index, ad in enumerate(ADVERTISEMENTS):
                landed = int(self._clicks[days, index].sum())
                number = np.array([int(month.replace("-", "")), index])
                price, lost = (float(unit(hashed(plan.key, of, number[:1], number[1:]))[0]) for of in (_PRICE, _CLICKS))
                # Some who click never land; the network counts and charges them all the same.
                clicks = round(landed * (1.03 + 0.05 * lost))
                if clicks:
                    cost = round(clicks * ad.click_rial * (0.88 + 0.24 * price))
                    rows.append((month, ad.channel, ad.name, cost, clicks))
            for index, mailing in enumerate(plan.mailings):
                when = date(1970, 1, 1) + timedelta(days=mailing.time // DAY)
                if when.strftime("%Y-%m") == month and self._sent[index]:
                    channel = {int(SMS): "sms", int(EMAIL): "email"}[int(mailing.channel)]
                    cost = _SETTING_UP + int(self._sent[index]) * MESSAGE_RIAL[mailing.channel]
                    rows.append((month, channel, mailing.name, cost, int(self._opened[index])))
        cells = [[row[part] for row in rows] for part in range(5)]
        text = pa.string()
        return pa.table(
            {
                "month": pa.array(cells[0], text),
                "channel": pa.array(cells[1], text),
                "campaign": pa.array(cells[2], text),
                "cost": pa.array(cells[3], pa.int64()),
                "clicks": pa.array(cells[4], pa.int64()),
            }
        )
