"""What is typed on a page, through app.py: answered as the engine does, or refused where it stands with its range."""

from datetime import date

import pytest
from test_app import app, drawn, link, said

from controls_shown import edited, field, refusals, sent, table, typed
from model.plan import question as asking
from model.plan.prepared import prepared
from model.plan.question import Question
from model.rules.files import load
from model.score.baseline import baseline
from model.table import leagues
from model.words.texts import words
from strategies import before

UNIT = "H15.141"
NO_COUNTS = {f"own__{key}": "6" for key in ("transparency", "progress", "online_services", "online_payment")}
NO_COUNTS |= {
    "own__satisfaction": "18",
    "own__digitization": "9",
    "own__on_time": "0.85",
    "own__name": "Xã Mới",
    "unit": "own",
}
PLANNER = (  # (box, what the link asks besides, the texts, the range as it is named)
    ("ask.rank", {}, ("0", "−3", "200", "1,5", "abc", ""), "cần một số nguyên từ 1 đến 102."),
    (
        "ask.score",
        {"plan__goal": "score"},
        ("-1", "100,01", "abc", "", "1..2", "72 điểm"),
        "cần một số từ 0 đến 100.",
    ),
    ("ask.by", {}, ("30/02/2027", "27/11/2020", "1/1/2028", "abc", "", "31/12"), "cần một ngày từ"),
    (
        "ask.today",
        {},
        ("30/02/2027", "9/10/2026", "1/1/2028", "hôm nay", ""),
        "cần một ngày từ 10/10/2026 đến 31/12/2026",
    ),
    ("ask.more.dossiers", {}, ("-1", "1,5", "abc", "10.000.001", ""), "cần một số nguyên từ 0 đến 10.000.000."),
    ("ask.past.dossiers", {}, ("-1", "2/3", "abc"), "cần một số nguyên từ 0 đến 10.000.000."),
    ("ask.spread", {}, ("-1", "abc", "101"), "cần một số từ 0 đến 20."),
    ("ask.bounds.on_time", NO_COUNTS, ("101", "-1", "abc", "1,2,3"), "cần một số từ 0 đến 100."),
)


def planner(**more):
    at = app("pages/targets.py", **{"unit": UNIT} | more)
    return drawn(at, "means")


def answers(at):
    """What a page shows as the answer to a question: plans to load, chances in green, amber or red."""
    return [button for button in at.button if str(button.key).startswith("load.")] + list(at.success)


@pytest.mark.sweep(2)
@pytest.mark.parametrize(("key", "more", "texts", "named"), PLANNER, ids=[case[0] for case in PLANNER])
def test_what_a_box_can_t_use_is_refused_beside_it_with_its_range_and_no_plan_is_shown(key, more, texts, named):
    at = planner(**more)
    before = link(at)
    for text in texts:
        typed(at, key, text)
        assert not at.exception
        why = field(at, key)["wrong"]
        assert why.startswith(f"«{text}» không dùng được: {named}" if text else f"Chưa ghi gì: {named}"), (text, why)
        assert field(at, key)["value"] == text and refusals(at) == [why]
        assert not answers(at) and "Chưa tính gì" in said(at)
        assert link(at) == before


def test_a_refusal_is_in_the_reader_s_language():
    at = typed(planner(lang="en"), "ask.rank", "1.5")
    assert refusals(at) == ["“1.5” can't be used: it takes a whole number from 1 to 102."]


@pytest.mark.sweep(2)
@pytest.mark.parametrize(
    ("key", "text", "asked", "in_link"),
    [
        ("ask.rank", "12", {"rank": 12}, ("plan.rank", "12")),
        ("ask.rank", "1", {"rank": 1}, ("plan.rank", "1")),  # a range's ends are in it
        ("ask.rank", "102", {"rank": 102}, ("plan.rank", "102")),
        ("ask.score", "72,5", {"goal": "score", "score": 72.5}, ("plan.score", "72.5")),
        ("ask.score", "72.50", {"goal": "score", "score": 72.5}, ("plan.score", "72.5")),
        ("ask.by", "20/12/2026", {"by": date(2026, 12, 20)}, ("plan.by", "2026-12-20")),
        ("ask.by", "2026-12-20", {"by": date(2026, 12, 20)}, ("plan.by", "2026-12-20")),
        ("ask.today", "1/11/2026", {"today": date(2026, 11, 1)}, ("plan.today", "2026-11-01")),
        ("ask.more.dossiers", "1.500", {"more": {"dossiers": 1500}}, ("plan.more.dossiers", "1500")),
    ],
)
def test_what_a_box_can_use_is_answered_as_the_engine_answers_it(key, text, asked, in_link):
    at = planner(**({"plan__goal": "score"} if key == "ask.score" else {}))
    typed(at, key, "abc")
    typed(at, key, text)
    assert not at.exception and not refusals(at) and link(at)[in_link[0]] == in_link[1]
    found = tables_of("dak_lak_2026-10-10")
    ask = asking.supposed(Question(**asked))
    unit, time = found.league.codes.index(UNIT), asking.time(found, ask, date.today())
    answer = prepared(found, unit, ask, time, before(tables_of("dak_lak_2026-09-17"), found))
    t = words("vi")
    assert f"{t.points(answer.needed)} điểm" in said(at)
    for plan in answer.answer.plans[:1]:
        assert f"{t.points(plan.score)} điểm, hạng {t.count(plan.rank)}/102" in said(at)


def tables_of(key):
    league = leagues.find(key)
    return baseline(load(league.edition), league)


def test_cells_of_the_table_of_levers_are_asked_at_once_and_undone_at_once():
    at = planner()
    steps = len(at.session_state.session.past)
    edited(
        at,
        "levers",
        ("on_time", "Công sức một việc", "2,5"),
        ("on_time", "Tỷ lệ từ ngày số liệu đến nay (%)", "98,5 %"),
        ("on_time", "Có thể trễ thêm", "3"),
        ("paid_online", "Giữ nguyên", "có"),
        ("e_results", "Loại", "stock"),
    )
    found = link(at)
    assert not at.exception and not refusals(at) and len(at.session_state.session.past) == steps + 1
    assert found["plan.efforts.on_time"] == "2.5" and found["plan.since.on_time"] == "0.985"
    assert found["plan.still_open.on_time"] == "3" and found["plan.fixed"] == "paid_online"
    assert found["plan.kinds.e_results"] == "stock"
    rows = {row[0]: row for row in table(at, "levers")["rows"]}
    assert rows["Hồ sơ giải quyết trước hạn, đúng hạn"][5:] == ["2,50", "98,5 %", "3"]
    edited(at, "levers", ("on_time", "Công sức một việc", "1"), ("paid_online", "Giữ nguyên", "0"))
    assert "plan.efforts.on_time" not in link(at) and "plan.fixed" not in link(at)


@pytest.mark.parametrize(
    ("head", "text", "named"),
    [
        ("Công sức một việc", "abc", "cần một số từ 0 đến 1.000.000.000."),
        ("Công sức một việc", "-1", "cần một số từ 0 đến 1.000.000.000."),
        ("Có thể trễ thêm", "1,5", "cần một số nguyên từ 0 đến 10.000.000."),
        ("Tỷ lệ từ ngày số liệu đến nay (%)", "101", "cần một số từ 0 đến 100."),
        ("Giữ nguyên", "chắc", "cần một trong các giá trị có, không."),
        ("Loại", "khác", "cần một trong các giá trị"),
    ],
)
def test_a_cell_that_can_t_be_used_says_why_keeps_its_text_and_shows_no_plan(head, text, named):
    at = planner()
    edited(at, "levers", ("on_time", head, text), ("e_results", "Có thể trễ thêm", "2"))
    kept, why = table(at, "levers")["wrong"][f"on_time/{head}"]
    assert kept == text and why.startswith(f"«{text}» không dùng được: {named}")
    assert not answers(at) and link(at)["plan.still_open.e_results"] == "2"
    edited(at, "levers", ("on_time", head, {"Giữ nguyên": "0", "Loại": "flow"}.get(head, "1")))
    assert not table(at, "levers")["wrong"] and answers(at)


def test_a_rate_of_one_s_own_is_refused_in_its_box_and_taken_when_it_can_be():
    at = drawn(app(league="provinces_2026-10-10"), "known")
    sent(at, "known", **{"known.value": "140"})
    assert field(at, "known.value")["wrong"] and field(at, "known.value")["value"] == "140"
    sent(at, "known", **{"known.value": ""})
    assert field(at, "known.value")["wrong"] == "Chưa ghi gì: cần phần trăm từ 0 đến 100, hoặc tử số/mẫu số."
    sent(at, "known", **{"known.value": "72,5"})
    assert not refusals(at) and "0.725" in link(at).values() and field(at, "known.value")["value"] == ""


def test_the_date_of_a_table_is_typed_or_left_open_and_refused_where_it_is_none():
    at = app("pages/data.py")
    sent(at, "paste", pasted="Đơn vị\tCông khai\nXã A\t12\nXã B\t11\n")
    assert field(at, "pasted")["value"] == "" and field(at, "desk.as_of")["value"] == ""
    typed(at, "desk.as_of", "30/02/2026")
    assert "cần một ngày từ 23/06/2022" in field(at, "desk.as_of")["wrong"]
    typed(at, "desk.as_of", "31/10/2026")
    assert not refusals(at) and "31/10/2026" in said(at)
    typed(at, "desk.title", "Bảng của xã")
    assert field(at, "desk.title")["value"] == "Bảng của xã"
    typed(at, "desk.as_of", "")
    assert not refusals(at) and "chưa rõ ngày" in said(at)
