"""The kind of period of a table that states none: taken from the table before it, or asked for, never in silence."""

from dataclasses import replace
from datetime import date

import pytest
from test_app import app, said

from model.peers.history import likely_period
from model.table import leagues as tables
from model.words.problems import LANGUAGES
from model.words.texts import words
from spaced import spaced
from strategies import sample

BASE = sample("provinces_2026-10-10")
EARLIER = tuple(map(tables.find, tables.earlier()))


def csv(day="ngày 11/10/2026", names=BASE.league.names):
    """A table of the provinces, each with a total, of a day and of no period."""
    rows = [f"{name};{50 + i / 100:.2f}".replace(".", ",") for i, name in enumerate(names)]
    return "\n".join([f"Điểm Chỉ số 766, {day};", "Tên đơn vị;Tổng điểm", *rows]).encode()


def brought(data, **link):
    at = app("pages/data.py", **link)
    uploader = next(one for one in at.file_uploader if str(one.key).startswith("file."))
    uploader.upload("diem.csv", data, "text/csv")
    return at.run()


def pick(at, key, value):
    at.selectbox(key=key).set_value(value)
    return at.run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_kind_of_period_is_that_of_the_table_before_and_is_said(language):
    t, at = words(language), brought(csv(), lang=language)
    assert at.selectbox(key="desk.period").value == "year_to_date"
    told = t("data.period_of", kind=t("data.year_to_date"), name=t.of(BASE.league.title), day=t.day(date(2026, 10, 10)))
    assert spaced(told) in said(at).replace("\\", "") and spaced(t("data.no_period")) not in said(at)


def test_a_table_brought_so_has_a_past_and_what_moved_the_rank_is_told():
    at = brought(csv())
    at.button(key="use").click()
    at = at.run()
    (league,) = at.session_state.at_hand.upload.leagues.values()
    assert league.period.kind == "year_to_date" and league.period.last == date(2026, 10, 11)
    at.session_state.session.choice = replace(at.session_state.session.choice, view="moved")
    at = at.switch_page("pages/ranking.py").run()
    assert "Từ 10/10/2026 đến 11/10/2026" in said(at)


def test_what_the_reader_chooses_stands_and_is_no_longer_taken_from_elsewhere():
    at = pick(brought(csv()), "desk.period", "month")
    assert at.session_state.at_hand.upload.reading().league.period.kind == "month"
    assert "lấy theo bảng trước" not in said(at)
    at = pick(at, "desk.period", "-")
    assert at.session_state.at_hand.upload.reading().league.period is None
    assert spaced(words("vi")("data.no_period")) in said(at)


def test_where_no_table_tells_it_the_period_is_asked_for_and_later_its_lack_is_said():
    at = brought(csv(names=[f"Xã Số {i}" for i in range(20)]))
    assert at.selectbox(key="desk.period").value == "-" and spaced(words("vi")("data.no_period")) in said(at)
    at.button(key="use").click()
    at = at.run()
    at.session_state.session.choice = replace(at.session_state.session.choice, view="moved")
    at = at.switch_page("pages/ranking.py").run()
    assert spaced(words("vi")("rank_changes.no_period")) in said(at)


def test_without_a_day_the_day_is_asked_for_first():
    at = brought(csv(day=""))
    assert spaced(words("vi")("data.no_date")) in said(at) and spaced(words("vi")("data.no_period")) not in said(at)


def test_the_likely_period_is_that_of_the_latest_earlier_table_of_the_same_league():
    now = replace(BASE.league, period=None, as_of=date(2026, 10, 9))
    assert likely_period(now, (BASE.league, *EARLIER)).key == "provinces_2026-10-08"
    assert likely_period(replace(now, as_of=None), EARLIER) is None
    assert likely_period(replace(now, edition="766-2025", as_of=date(2025, 10, 1)), EARLIER) is None
    assert likely_period(replace(now, level="commune"), EARLIER) is None
    assert likely_period(replace(now, codes=now.codes[:20]), EARLIER) is None
