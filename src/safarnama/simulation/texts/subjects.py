"""What texts are about, in the order of their codes."""

from __future__ import annotations

import numpy as np

from safarnama.simulation.coding import codes

SUBJECTS = (
    "delivery",
    "price",
    "quality",
    "payment",
    "support",
    "app",
    "packaging",
    "authenticity",
    "returns",
)
(DELIVERY, PRICE, QUALITY, PAYMENT, SUPPORT, APP, PACKAGING, AUTHENTICITY, RETURNS) = codes(len(SUBJECTS))

UNHAPPY, PLAIN, HAPPY = codes(3, -1)  # feelings

# Cumulative: what happy customers speak of.
PRAISED = np.cumsum((0.20, 0.14, 0.28, 0.03, 0.09, 0.08, 0.11, 0.06, 0.01))

# Cumulative: what goes wrong with an order now and then even in a good year (first: the chance that nothing
# does).
FINE = 0.84
SLIPS = np.cumsum((0.14, 0.16, 0.30, 0.01, 0.07, 0.05, 0.13, 0.09, 0.05))

# Cumulative: what people ask about before they buy.
ASKED = np.cumsum((0.24, 0.22, 0.22, 0.05, 0.02, 0.03, 0.01, 0.15, 0.06))
