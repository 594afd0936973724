"""What fields and tables of ours show on a page under AppTest, and hands that type into them as a browser does."""

import json

import pandas as pd
from streamlit.testing.v1 import AppTest


def frames(at: AppTest) -> list[pd.DataFrame]:
    """The page's tables as they are read, in their order."""
    shown = [_given(node)[1] for node in at.get("bidi_component") if _given(node)[0] == "table"]
    texts = [[[cell.replace("\u00a0", " ") for cell in row] for row in one["rows"]] for one in shown]
    heads = [[column["head"] for column in one["columns"]] for one in shown]
    return [pd.DataFrame(rows, columns=names) for rows, names in zip(texts, heads, strict=True)]


def table(at: AppTest, key: str) -> dict:
    """All that a table is given."""
    return _plain(_given(_node(at, key))[1])


def field(at: AppTest, key: str) -> dict:
    """All that a field is given, alone or in a form: its value, and what is wrong with it."""
    return next(one for one in _fields(at) if one["key"] == key)


def refusals(at: AppTest) -> list[str]:
    """Why fields refuse what stands in them."""
    return [one["wrong"] for one in _fields(at) if one["wrong"]]


def typed(at: AppTest, key: str, text: str) -> AppTest:
    """The page after a text was typed into a field that stands alone, which was left."""
    return _handed_on(at, key, "typed", [key, text])


def sent(at: AppTest, form: str, **texts: str) -> AppTest:
    """The page after a form was filled, other boxes left as they stood, and its button pressed."""
    given = _given(_node(at, form))[1]["fields"]
    return _handed_on(at, form, "sent", [{one["key"]: one["value"] for one in given} | texts])


def edited(at: AppTest, key: str, *cells: tuple[str, str, str]) -> AppTest:
    """The page after cells of a table were edited at once, each (row, head, text)."""
    return _handed_on(at, key, "edited", [[list(cell) for cell in cells]])


def _fields(at: AppTest) -> list[dict]:
    groups = [_plain(_given(node)[1])["fields"] for node in at.get("bidi_component") if _given(node)[0] == "fields"]
    return [one for group in groups for one in group]


def _plain(given: dict) -> dict:
    """The same with spaces that may break."""
    return json.loads(json.dumps(given, ensure_ascii=False).replace("\u00a0", " "))


def _given(node) -> tuple[str, dict]:
    """Which of them a component is, and what it is given; nothing for one of another kind."""
    data = json.loads(node.proto.json)
    part = data[0] if isinstance(data, list) else ""
    return (part, json.loads(data[1])) if part in ("fields", "table") else ("", {})


def _node(at: AppTest, key: str):
    return next(node for node in at.get("bidi_component") if node.proto.id.endswith(f"-{key}"))


def _handed_on(at: AppTest, key: str, event: str, value: list) -> AppTest:
    states = at._tree.get_widget_states()
    state = states.widgets.add()
    state.id = f"$$STREAMLIT_INTERNAL_KEY_{_node(at, key).proto.id}__events"
    state.json_trigger_value = json.dumps([{"event": event, "value": value}])
    return at._run(states)
