"""Ten questions to two logs: the loan applications of BPI 2012 and the web shop of hopscotch.

    python examples/ten_questions.py bpic2012.xes.gz ecom.csv.gz --language fa --pictures answers

The logs are BPI Challenge 2012 (4TU.ResearchData, doi:10.4121/uuid:3926db30-f712-4394-aebc-75976070e91f) and ``ecom.csv.gz`` as
it comes with the Python package hopscotch-analytics. Each answer is printed with what it was asked and its first rows, and drawn
into the folder of ``--pictures``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import safarnama as sn
from safarnama.cli.tables import print_table
from safarnama.core.words import Text, speech
from safarnama.questions.question import Question

Asked = tuple[Text, Question]

LOANS: list[Asked] = [
    (
        Text(en="How many applications end in a loan, and where are the others lost?",
             fa="چند درخواست به وام می‌رسد و باقی کجا از دست می‌رود؟"),
        sn.Funnel(steps="A_SUBMITTED,A_PREACCEPTED,A_ACCEPTED,O_SENT,O_SENT_BACK,A_APPROVED"),
    ),
    (
        Text(en="What happens to those whom an offer was sent and who never sent it back?",
             fa="آنها که پیشنهاد برایشان رفت و پس نفرستادند چه شدند؟"),
        sn.Instead(
            steps="O_SENT,O_SENT_BACK,A_APPROVED",
            # The calls in between are work of the bank; what became of the application is asked.
            where="touchpoint = O_SENT|O_SENT_BACK|O_CANCELLED|O_DECLINED|O_CREATED|A_CANCELLED|A_DECLINED|A_APPROVED",
        ),
    ),
    (
        Text(en="How long does it take from the application to the decision, stage by stage?",
             fa="از درخواست تا تصمیم، هر مرحله چقدر طول می‌کشد؟"),
        sn.Times(stages="A_SUBMITTED|A_PARTLYSUBMITTED,A_PREACCEPTED,A_ACCEPTED|A_FINALIZED|O_SELECTED|O_CREATED|O_SENT,"
                        "O_SENT_BACK,A_APPROVED|A_DECLINED|A_CANCELLED"),
    ),
    (
        Text(en="Where is work done again and again, and what does it cost in time?",
             fa="کجا کار بارها تکرار می‌شود و چه زمانی می‌برد؟"),
        sn.Loops(),
    ),
    (
        Text(en="Do applications go as the bank planned, and what is the most usual way to leave the plan?",
             fa="درخواست‌ها چنان که بانک خواسته پیش می‌روند؟ و بیشتر کجا از برنامه بیرون می‌زنند؟"),
        sn.Conformance(plan="A_SUBMITTED,A_PREACCEPTED,A_ACCEPTED,O_SENT,O_SENT_BACK,A_APPROVED", failure="A_DECLINED"),
    ),
]  # fmt: skip

SHOP: list[Asked] = [
    (
        Text(en="How do visits begin, and how do they branch?", fa="بازدیدها چطور آغاز می‌شوند و چطور شاخه می‌شوند؟"),
        sn.Tree(shape="sessions 30min", length=4, top=3),
    ),
    (
        Text(en="How many visits that see a product end in a purchase?",
             fa="چند بازدید از دیدن کالا به خرید می‌رسد؟"),
        sn.Funnel(steps="product_view,add_to_cart,payment_details,purchase", shape="sessions 30min"),
    ),
    (
        Text(en="Where, for whom and when does it go worse than usual?", fa="کجا، برای که و کِی بدتر از معمول است؟"),
        sn.Friction(),
    ),
    (
        Text(en="Do customers on the phone and on the desktop get equally far?",
             fa="آیا مشتریان تلفن همراه و رایانه به یک اندازه پیش می‌روند؟"),
        sn.Compare(what="funnel steps=product_view,add_to_cart,purchase", by="device"),
    ),
    (
        Text(en="Who comes back in the months after the first one?", fa="در ماه‌های پس از نخستین ماه چه کسی بازمی‌گردد؟"),
        sn.Retention(period="month"),
    ),
]  # fmt: skip


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("loans", type=Path, help="bpic2012.xes.gz")
    reader.add_argument("shop", type=Path, help="ecom.csv.gz")
    reader.add_argument("--language", choices=("en", "fa"), default="en")
    reader.add_argument("--pictures", type=Path, help="a folder for the pictures")
    given = reader.parse_args()
    number = 0
    with tempfile.TemporaryDirectory() as folder:
        for log, questions in ((given.loans, LOANS), (given.shop, SHOP)):
            workspace = sn.Workspace.new(Path(folder) / log.name)
            workspace.import_files(log)
            journeys = workspace.journeys()
            for asked, question in questions:
                number += 1
                finding = journeys.ask(question)
                print(f"\n{speech.say(number, 'count', given.language)}. {asked.say(given.language)}")
                print_table(replace(finding, table=finding.table.slice(0, 8)), given.language)
                if given.pictures:
                    given.pictures.mkdir(parents=True, exist_ok=True)
                    finding.picture().save(given.pictures / f"{number:02d}-{question.name()}.svg", given.language)


if __name__ == "__main__":
    try:
        main()
    except sn.Mistake as mistake:
        sys.exit(str(mistake))
