"""What people write: known feeling and subject, enough different sentences, typed as people type."""

from __future__ import annotations

import pytest

from safarnama.simulation.texts.spoken import ABOUT
from safarnama.simulation.texts.subjects import SUBJECTS

TEXTS = {"chats": "text", "calls": "یادداشت", "reviews": "text", "surveys": "comment"}


def test_there_are_enough_sentences_about_everything():
    assert set(ABOUT) == set(SUBJECTS)
    for words in ABOUT.values():
        for feeling in (-1, 0, 1):
            assert len(set(words.fa[feeling])) >= 12
            assert len(set(words.en[feeling])) >= 4
            assert len(set(words.notes[feeling])) >= 4
        assert len(set(words.asks)) >= 6 and len(set(words.asks_en)) >= 4


def test_sentences_are_clean():
    for words in ABOUT.values():
        for part in (
            *words.fa.values(),
            *words.en.values(),
            *words.notes.values(),
            words.asks,
            words.asks_en,
        ):
            for sentence in part:
                assert sentence == sentence.strip() and not sentence.endswith((".", "،"))
                assert not set(sentence) & set('"\\\n\t;كي')
                assert "\u200c " not in sentence and " \u200c" not in sentence


@pytest.mark.parametrize("name", TEXTS)
def test_truth_tells_feeling_and_subject_of_every_text(name, calm_files):
    rows = getattr(calm_files, name)
    rows = rows[~rows["broken"] & rows[TEXTS[name]].notna()]
    told = calm_files.texts[calm_files.texts["file"] == name]
    assert set(told["row"]) == set(rows["row"])
    assert set(told["sentiment"]) <= {-1, 0, 1} and set(told["subject"]) <= set(SUBJECTS)
    both = rows.merge(told, on="row")
    english = both[TEXTS[name]].str.contains("[A-Za-z]{3}")
    assert (english == (both["language"] == "en")).all()


def test_about_one_text_in_eight_is_english(troubled_files):
    texts = troubled_files.texts
    said = texts[texts["file"] != "calls"]
    assert (said["language"] == "en").mean() == pytest.approx(0.12, abs=0.05)


def test_feelings_fit_the_scores(troubled_files):
    reviews = troubled_files.reviews.merge(troubled_files.texts.query("file == 'reviews'"), on="row")
    stars = reviews["stars"].astype(int)
    assert (stars[reviews["sentiment"] == 1] >= 4).all() and (stars[reviews["sentiment"] == -1] <= 2).all()
    surveys = troubled_files.surveys.merge(troubled_files.texts.query("file == 'surveys'"), on="row")
    nps = surveys[surveys["survey"] == "NPS"]
    assert (nps.loc[nps["sentiment"] == 1, "score"] >= 9).all() and (
        nps.loc[nps["sentiment"] == -1, "score"] <= 6
    ).all()


def test_people_type_as_people_do(troubled_files):
    texts = troubled_files.reviews["text"].dropna().tolist() + troubled_files.surveys["comment"].dropna().tolist()
    assert len(set(texts)) > 0.75 * len(texts)
    for sign, least in (("\u200c", 0.2), ("ي", 0.01), ("👌", 0.0001)):
        assert sum(sign in text for text in texts) / len(texts) > least, sign
