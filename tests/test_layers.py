"""Rules of the house: which way arrows point, where state may live, that nothing said or refused lacks its words."""

import ast
import string
import sys
from pathlib import Path

import pytest

from model.words.problems import LANGUAGES, Problem, sentences

ROOT = Path(__file__).parents[1]
ROOMS = ("words", "rules", "table", "score", "peers", "plan", "training", "report")
HOUSE = (
    *(f"model.{room}" for room in ROOMS),
    "pages.panel",
    "pages.first",
    "pages.ui",
)  # each opens those before it and itself
DOORS = {
    *(ROOT / "pages").glob("*.py"),
    ROOT / "app.py",
    ROOT / "model/__init__.py",
    ROOT / "model/__main__.py",
}
FILES = sorted({*(ROOT / "model").rglob("*.py"), *(ROOT / "pages").rglob("*.py"), *DOORS})
LIBRARIES = {"numpy", "pandas", "openpyxl", "docx", "xlsxwriter", "yaml", "jinja2"}  # of engine, readers and writers
CHARTS = {ROOT / f"pages/ui/{one}.py" for one in ("charts", "targets/plan_charts", "training/lesson_charts")}
NO_PAGES = {p for p in DOORS if p.is_relative_to(ROOT / "model")}
PAGES = [p for p in FILES if p.is_relative_to(ROOT / "pages/ui") or p in DOORS - NO_PAGES]
STATE = ("session_state", "query_params")
OPENING = {"open", "read_text", "write_text", "read_bytes", "write_bytes"}
each = pytest.mark.parametrize


def named(path):
    return str(path.relative_to(ROOT))


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(path):
    """Every module that a file imports, anywhere in it, and each name with the module that it is taken of."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"line {node.lineno}: imports are absolute"
            yield from (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))


def dotted(path):
    return named(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def room(module):
    """The place in the house of a module or of a name taken of it."""
    return next((i for i, one in enumerate(HOUSE) if f"{module}.".startswith(f"{one}.")), None)


@each("path", FILES, ids=named)
def test_arrows_point_one_way(path):
    here = len(HOUSE) if path in DOORS else room(dotted(path))
    model, above = path.is_relative_to(ROOT / "model"), here >= HOUSE.index("pages.ui")
    for module in imports(path):
        library, there = module.split(".")[0], room(module)
        if library in ("app", "model", "pages", "static"):
            assert there is not None and there <= here, module
        elif library == "altair":
            assert path in CHARTS
        elif library == "streamlit":
            assert above and not model and path not in CHARTS
        elif model:
            assert library in LIBRARIES | set(sys.stdlib_module_names), module


def test_no_module_imports_in_a_circle():
    names = {dotted(path): path for path in FILES}
    arrows = {name: {m for m in imports(path) if m in names and m != name} for name, path in names.items()}
    while free := [module for module, used in arrows.items() if not used]:
        arrows = {module: used - set(free) for module, used in arrows.items() if module not in free}
    assert not arrows


@each("path", PAGES, ids=named)
def test_state_of_the_session_and_of_the_link_is_touched_in_one_place(path):
    found = {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute) and node.attr in STATE}
    assert path.parent == ROOT / "pages/ui/session" or not found | {m for m in imports(path) if m.endswith(STATE)}


@each("path", [p for p in PAGES if p.name != "keeper.py"], ids=named)
def test_a_page_opens_no_files(path):
    calls = [node.func for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    assert not {f.id if isinstance(f, ast.Name) else getattr(f, "attr", "") for f in calls} & OPENING


@each("path", [p for p in PAGES if p.name != "show.py"], ids=named)
def test_tables_are_shown_in_one_place_which_makes_their_texts_safe(path):
    assert "controls.table(" not in path.read_text(encoding="utf-8")


ENGLISH = {"dataframe", "data_editor", "text_input", "number_input", "date_input", "time_input", "text_area"}


@each("path", PAGES, ids=named)
def test_nobody_types_into_a_field_or_reads_a_table_that_speaks_english_only(path):
    used = {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}
    assert not used & {
        "dataframe",
        "data_editor",
        "text_input",
        "number_input",
        "date_input",
        "time_input",
        "text_area",
    }


def raised():
    """{code: places} of every Problem, and of every reason that an edition file is wrong."""
    found = {}
    for path in FILES:
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            at = {"Problem": 0, "_Wrong": 1}.get(node.func.id)
            if at is not None and len(node.args) > at:
                for code in codes(node.args[at]):
                    found.setdefault(code, []).append((path, node))
    return found


def codes(node):
    if isinstance(node, ast.Constant):
        return [node.value]
    if isinstance(node, ast.JoinedStr):  # f"set_{reason}", of the reasons why a lever can't be moved at all
        return [node.values[0].value + reason for reason in ("assumed", "inherited", "not_reported")]
    if isinstance(node, ast.IfExp):
        return [*codes(node.body), *codes(node.orelse)]
    return []


RAISED = raised()


@each("code", sorted(RAISED))
def test_every_refusal_has_its_sentence_in_every_language_with_the_details_it_is_given(code):
    assert set(sentences()[code]) == set(LANGUAGES)
    for _, node in RAISED[code]:
        given = {keyword.arg for keyword in node.keywords}
        if None not in given:
            assert placeholders(code, "vi") <= given, ast.unparse(node)


@each("code", sorted(sentences()))
def test_every_sentence_is_used_and_says_the_same_things_in_both_languages(code):
    assert code in RAISED
    assert placeholders(code, "vi") == placeholders(code, "en")
    assert sentences()[code]["vi"] != sentences()[code]["en"]


def placeholders(code, language):
    return {name for _, name, _, _ in string.Formatter().parse(sentences()[code][language]) if name}


def test_a_detail_is_put_on_one_line_and_cut_at_200_characters():
    league = {"vi": "Đắk Lắk", "en": "Dak Lak"}
    text = Problem("unit_unknown", unit="a\n\tb\u2028c" + "x" * 300, league=league).text("en")
    assert len(text.splitlines()) == 1 and len(text) < 260 and "a b c" in text and "Dak Lak" in text


def test_the_panel_names_streamlit_nowhere_but_where_it_is_mounted() -> None:
    mounted = ("mount.", "masthead.")
    files = [p for p in (ROOT / "pages/panel").iterdir() if p.suffix != ".py" and not p.name.startswith(mounted)]
    assert len(files) > 10
    for file in files:
        text = file.read_text("utf-8").lower()
        named = [
            word for word in ("--st-", "setstatevalue", "settriggervalue", "parentelement", "stapp") if word in text
        ]
        assert not named and "import " not in text, (file.name, named)
