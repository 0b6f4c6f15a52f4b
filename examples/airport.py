"""A visit to an airport as a map, from what 2,831 passengers of San Francisco International answered in May 2017.

    python examples/airport.py 2017_decoded/ airport.yaml

The folder holds ``fact_ratings.csv``, ``fact_comments.csv`` and ``fact_survey.csv`` of the airport's customer survey (DataSF, City
and County of San Francisco). Ratings from 1 to 5 are the feeling curve (3 is neutral) and the share of good ones a figure at each
step, comments by theme are pains and strengths, NETPRO is the NPS. Words of stages and themes are ours; every number is theirs.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path
from statistics import fmean, stdev

import safarnama as sn
from safarnama.core.intervals import wilson
from safarnama.maps.derived import Curve, Figure, Point
from safarnama.maps.evidence import Evidence
from safarnama.maps.lanes import Card, Lane
from safarnama.maps.model import Map
from safarnama.maps.people import Persona
from safarnama.maps.stages import Stage, Step
from safarnama.maps.words import Bilingual

# Stage: its names; then its steps: the rating that speaks of it, names, and the touchpoint with its icon.
STAGES: list[tuple[str, str, str, list[tuple[str, str, str, str, str, str]]]] = [
    ("arrive", "Getting there", "راه فرودگاه", [
        ("Q13GETRATE", "Travels to the airport", "تا فرودگاه می‌آید", "The way here", "راه خانه تا فرودگاه", "route"),
        ("Q7ROADS", "Follows the road signs", "دنبال تابلوها می‌رود", "Signs on the roads", "تابلوهای جاده", "map-pin"),
        ("Q7PARK", "Parks the car", "خودرو را پارک می‌کند", "Car parks", "پارکینگ", "map-pin"),
    ]),
    ("enter", "Into the terminal", "ورود به پایانه", [
        ("Q7AIRTRAIN", "Takes the AirTrain", "سوار قطار داخلی می‌شود", "AirTrain", "قطار داخلی", "truck"),
        ("Q7SCREENS", "Looks for the flight", "پروازش را پیدا می‌کند", "Flight screens", "صفحه پروازها", "monitor"),
        ("Q14FIND", "Finds the way", "راهش را پیدا می‌کند", "Signs and directions", "تابلوهای راهنما", "map-pin"),
    ]),
    ("check", "Security", "بازرسی", [
        ("Q14PASSTHRU", "Goes through screening", "از بازرسی رد می‌شود", "Screening", "گیت بازرسی", "shield-check"),
        ("Q10SAFE", "Feels safe, or not", "احساس امنیت می‌کند یا نه", "Staff and police", "ماموران و پلیس", "users"),
    ]),
    ("wait", "Waiting", "انتظار", [
        ("Q7FOOD", "Eats something", "چیزی می‌خورد", "Restaurants", "رستوران‌ها", "store"),
        ("Q7STORE", "Looks at shops", "سری به فروشگاه‌ها می‌زند", "Shops", "فروشگاه‌ها", "store"),
        ("Q7WIFI", "Goes online", "آنلاین می‌شود", "Free Wi-Fi", "وای‌فای رایگان", "globe"),
        ("Q7ART", "Comes across an exhibition", "به نمایشگاهی برمی‌خورد", "Art", "آثار هنری", "camera"),
        ("Q9RESTROOM", "Uses the restroom", "سراغ سرویس می‌رود", "Restrooms", "سرویس بهداشتی", "users"),
    ]),
    ("board", "To the gate", "تا در هواپیما", [
        ("Q7WALKWAYS", "Walks to the gate", "تا گیت پیاده می‌رود", "Lifts and walkways", "پله‌برقی و نقاله", "footprints"),
        ("Q9BOARDING", "Waits at the gate", "کنار گیت می‌نشیند", "Boarding area", "سالن انتظار گیت", "clock"),
    ]),
    ("recall", "Looking back", "نگاه به گذشته", [
        ("Q7ALL", "Judges the airport", "درباره فرودگاه داوری می‌کند", "The airport as a whole", "فرودگاه روی‌هم", "star"),
    ]),
]  # fmt: skip
# Themes of comments as they are coded: the rating at whose step they stand, and what they say.
THEMES: list[tuple[str, str, str, str]] = [
    ("Approach by car too congested", "Q13GETRATE", "The roads to it are jammed", "راه‌های منتهی به فرودگاه بسته است"),
    ("Approach signs inaccurate (which airline at which terminal)", "Q7ROADS", "Signs send you to the wrong terminal", "تابلو به پایانه اشتباه می‌فرستد"),
    ("More/cheaper parking / better signage & info", "Q7PARK", "Parking is scarce and dear", "جای پارک کم است و گران"),
    ("Rental car center too congested / far / not accessible", "Q7AIRTRAIN", "The rental centre is far and crowded", "مرکز اجاره خودرو دور و شلوغ است"),
    ("Could not find information booths / staff", "Q7SCREENS", "Nobody to ask", "کسی نیست که بپرسی"),
    ("Better signage/directions (general)", "Q14FIND", "Directions leave you guessing", "راهنماها آدم را سردرگم می‌کند"),
    ("Could not find gate / signage insufficient", "Q14FIND", "The gate is hard to find", "گیت سخت پیدا می‌شود"),
    ("Airport easy to get around / great layout / clean", "Q14FIND", "Easy to find one’s way", "راه را راحت پیدا می‌کنی"),
    ("Security lines too long", "Q14PASSTHRU", "The lines are too long", "صف‌ها زیادی دراز است"),
    ("Security staff rude / treat passengers better", "Q14PASSTHRU", "Staff are rude", "ماموران تندی می‌کنند"),
    ("Security procedures/equipment visible/effective", "Q14PASSTHRU", "One sees that it works", "می‌بینی که کار می‌کند"),
    ("Never feel completely safe / nervous / current events", "Q10SAFE", "Never quite safe, these days", "این روزها آدم هیچ‌جا خیالش راحت نیست"),
    ("Lots of security/staff visible and effective", "Q10SAFE", "Staff are there to be seen", "ماموران همه‌جا دیده می‌شوند"),
    ("Just feel safe / gut feeling", "Q10SAFE", "Simply feels safe", "همین‌طوری حس امنیت دارد"),
    ("Wider selection of restaurants", "Q7FOOD", "Too little to choose from", "تنوع غذا کم است"),
    ("Too expensive / reduce prices / cheaper options", "Q7FOOD", "Everything costs too much", "همه چیز گران است"),
    ("Improve quality of food", "Q7FOOD", "The food is poor", "غذا خوب نیست"),
    ("Wider selection of shops", "Q7STORE", "Few shops worth a look", "فروشگاه دیدنی کم است"),
    ("Better Wi‑Fi / connection issues / info about Wi‑Fi", "Q7WIFI", "The Wi-Fi drops", "وای‌فای قطع می‌شود"),
    ("Charging stations / plugs don’t work / add more", "Q7WIFI", "No plug that works", "پریز سالمی پیدا نمی‌شود"),
    ("Change / improve / add artwork", "Q7ART", "Always the same art", "آثار هنری همیشه همان است"),
    ("Bathrooms dirty / not maintained", "Q9RESTROOM", "Restrooms are dirty", "سرویس‌ها کثیف است"),
    ("Airport is very clean / well maintained (positive)", "Q9RESTROOM", "Very clean", "بسیار تمیز است"),
    ("Elevators / escalators / people movers broken", "Q7WALKWAYS", "Escalators stand still", "پله‌برقی خراب است"),
    ("Boarding areas too small / uncomfortable during delays", "Q9BOARDING", "Too small when flights are late", "وقت تاخیر جا نمی‌شوی"),
    ("Need more seating at boarding areas", "Q9BOARDING", "Not a seat to be had", "صندلی خالی نیست"),
    ("Reduce delays / finish runway construction", "Q9BOARDING", "Delays, and no end of building", "تاخیر پشت تاخیر، و ساخت‌وساز بی‌پایان"),
    ("General positive comment / everything is great", "Q7ALL", "Everything is great", "همه چیز عالی است"),
]  # fmt: skip
_SOURCE: Bilingual = {"en": "SFO customer survey 2017", "fa": "نظرسنجی فرودگاه سان‌فرانسیسکو، ۲۰۱۷"}
_GOOD: Bilingual = {"en": "rate it 4 or 5", "fa": "نمره ۴ یا ۵ داده‌اند"}
_SAID: Bilingual = {"en": "said so", "fa": "این را گفته‌اند"}


def main() -> None:
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    ratings: dict[str, list[float]] = defaultdict(list)
    for row in _rows(folder / "fact_ratings.csv"):
        if 1 <= float(row["rating_value"]) <= 5:
            ratings[row["question_code"]].append(float(row["rating_value"]))
    comments: dict[str, set[str]] = defaultdict(set)
    signs: dict[str, str] = {}
    for row in _rows(folder / "fact_comments.csv"):
        comments[row["Comment"]].add(row["RESPNUM_FK"])
        signs[row["Comment"]] = row["Sentiment"]
    answers = _rows(folder / "fact_survey.csv")
    days = sorted(int(float(row["INTDATE"])) for row in answers)
    period = {"start": date(2017, 5, days[0]), "end": date(2017, 5, days[-1])}
    document = _map(ratings, comments, signs, answers, period)
    print(document.save(out))


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        raise SystemExit(f"{path} is not there; the first argument is the folder 2017_decoded of the survey.")
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _map(
    ratings: dict[str, list[float]],
    comments: dict[str, set[str]],
    signs: dict[str, str],
    answers: list[dict[str, str]],
    period: dict[str, date],
) -> Map:
    step_of = {code: code.lower() for _, _, _, steps in STAGES for code, *_ in steps}
    stages = [
        Stage(
            id=name,
            name={"en": en, "fa": fa},
            steps=[Step(id=step_of[code], name={"en": a, "fa": b}) for code, a, b, *_ in steps],
        )
        for name, en, fa, steps in STAGES
    ]

    def asked(n: int, kind: str = "surveyed", unit: str = "answers") -> list[Evidence]:
        return [Evidence.model_validate({"kind": kind, "n": n, "unit": unit, "source": _SOURCE, **period})]

    points, touchpoints, measures = [], [], []
    for _, _, _, steps in STAGES:
        for code, _, _, en, fa, icon in steps:
            values = ratings[code]
            mean, half = fmean(values), 1.96 * stdev(values) / len(values) ** 0.5
            points.append(
                Point(
                    step=step_of[code], value=mean - 3, low=mean - half - 3, high=mean + half - 3,
                    instrument="rating", evidence=asked(len(values)),
                )
            )  # fmt: skip
            touchpoints.append(
                Card(
                    id=f"t_{step_of[code]}",
                    at=step_of[code],
                    text={"en": en, "fa": fa},
                    icon=icon,
                    channel="place",
                    evidence=asked(len(values)),
                )
            )
            good = sum(value >= 4 for value in values)
            low, high = wilson(good, len(values))
            figure = Figure(value=good / len(values), form="percent", low=low, high=high, label=_GOOD, good="up")
            measures.append(Card(id=f"m_{step_of[code]}", at=step_of[code], figure=figure, evidence=asked(len(values))))
    scores = [int(float(row["NETPRO"])) for row in answers if row["NETPRO"] and 0 <= float(row["NETPRO"]) <= 10]
    nps = (sum(score >= 9 for score in scores) - sum(score <= 6 for score in scores)) / len(scores) * 100
    measures.append(
        Card(
            id="m_nps", at="recall", figure=Figure(value=nps, form="signed", label={"en": "NPS", "fa": "NPS"}, good="up"),
            evidence=asked(len(scores)),
        )
    )  # fmt: skip
    sides: dict[str, list[Card]] = {"Negative": [], "Positive": []}
    for number, (theme, code, en, fa) in enumerate(THEMES, 1):
        people = len(comments[theme])
        figure = Figure(value=people, form="people", label=_SAID)
        sides[signs[theme]].append(
            Card(
                id=f"c_{number}", at=step_of[code], text={"en": en, "fa": fa}, figure=figure,
                evidence=asked(people, "observed", "people"),
            )
        )  # fmt: skip
    return Map(
        id="airport",
        title={"en": "A visit to the airport", "fa": "یک سفر از فرودگاه"},
        subtitle={"en": "San Francisco International, May 2017", "fa": "فرودگاه بین‌المللی سان‌فرانسیسکو، مه ۲۰۱۷"},
        kind="representative",
        status="tested",
        goal={
            "en": "Be on the plane in time, fed, charged and calm",
            "fa": "به‌موقع در هواپیما، سیر، با گوشی شارژشده و آرام",
        },
        business_goal={"en": "Be the airport that passengers would choose", "fa": "فرودگاهی که مسافر خودش انتخابش کند"},
        scope={
            "en": "Departing passengers who were asked at the gate",
            "fa": "مسافران خروجی که کنار گیت از آنها پرسیده شد",
        },
        owner={"en": "Guest experience", "fa": "تجربه مسافر"},
        review_due=date(2018, 5, 31),
        personas=[
            Persona(
                id="passenger",
                name={"en": "Departing passengers", "fa": "مسافران خروجی"},
                summary={
                    "en": f"{len(answers):,} people, asked at their gates.",
                    "fa": "پای گیت پروازشان از آنها پرسیده شد.",
                },
                portrait="crowd",
                share=1,
                goals=[{"en": "Not to miss the flight", "fa": "به پرواز رسیدن"}],
                evidence=asked(len(answers)),
            )
        ],
        stages=stages,
        lanes=[
            Lane(id="touchpoints", kind="touchpoints", cards=touchpoints),
            Lane(id="feeling", kind="feeling"),
            Lane(id="pains", kind="pains", cards=sides["Negative"]),
            Lane(id="strengths", kind="strengths", cards=sides["Positive"]),
            Lane(id="measures", kind="measures", cards=measures),
        ],
        curves=[Curve(id="ratings", kind="feeling", points=points)],
    )


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    try:
        main()
    except sn.Mistake as mistake:
        sys.exit(str(mistake))
