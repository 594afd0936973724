"""Rules of the house: who may import whom, where state may live, and that nothing said or refused lacks its words."""

import ast
import string
import subprocess
import sys
from pathlib import Path

import pytest

from model.words.problems import LANGUAGES, Problem, sentences

ROOT = Path(__file__).parents[1]
COMMANDS = ROOT / "model/__main__.py"  # stands above the pages: one of its commands writes a page of its own
MODEL = sorted((ROOT / "model").rglob("*.py"))
PAGES = sorted([*ROOT.glob("app.py"), *(ROOT / "pages").rglob("*.py")])
CHARTS = [
    ROOT / "pages/ui/charts.py",
    ROOT / "pages/ui/targets/plan_charts.py",
    ROOT / "pages/ui/training/lesson_charts.py",
]
SESSION = ROOT / "pages/ui/session/state.py"
LIBRARIES = {"numpy", "pandas", "openpyxl", "docx", "xlsxwriter", "yaml", "jinja2"}  # of engine, readers and writers
STATE = ("session_state", "query_params")
FILES = {"open", "read_text", "write_text", "read_bytes", "write_bytes"}
each = pytest.mark.parametrize


def named(path):
    return str(path.relative_to(ROOT))


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(path):
    """Every module that a file imports, anywhere in it, relative ones spelt out."""
    package = list(path.relative_to(ROOT).with_suffix("").parts)
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def roots(path):
    return {module.split(".")[0] for module in imports(path)}


def ours(module):
    return module.split(".")[0] in ("model", "pages", "app")


@each("path", [p for p in MODEL if p != COMMANDS], ids=named)
def test_the_model_imports_no_user_interface(path):
    assert not roots(path) & {"streamlit", "altair", "pages", "app"}


def test_the_command_line_takes_of_the_pages_only_what_knows_no_streamlit() -> None:
    code = "import sys, pages.ui.alone, model.__main__; sys.exit(bool({'streamlit', 'altair'} & {*sys.modules}))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0
    assert {m for m in imports(COMMANDS) if m.startswith("pages.ui.")} - {"pages.ui.alone.page"} <= {
        "pages.ui.alone",
        "pages.ui.link",
        "pages.ui.link.Choice",
        "pages.ui.words",
        "pages.ui.words.words",
    }


@each("path", [p for p in MODEL if p != COMMANDS], ids=named)
def test_the_model_imports_only_itself_the_standard_library_and_the_libraries_of_its_layer(path):
    assert roots(path) <= {"model"} | LIBRARIES | set(sys.stdlib_module_names)


@each("path", MODEL, ids=named)
def test_the_engine_needs_no_solver(path):
    assert "scipy" not in roots(path)


def test_no_module_of_the_model_imports_in_a_circle():
    arrows = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts): set(imports(path))
        for path in MODEL
        if path.stem != "__init__"
    }
    arrows = {module: {m for m in used if m in arrows and m != module} for module, used in arrows.items()}
    while free := [module for module, used in arrows.items() if not used]:
        arrows = {module: used - set(free) for module, used in arrows.items() if module not in free}
    assert not arrows


@each("path", [p for p in PAGES if p in CHARTS], ids=named)
def test_charts_know_no_streamlit(path):
    assert roots(path) & {"streamlit"} == set()


@each("path", [p for p in PAGES if p not in CHARTS], ids=named)
def test_only_charts_use_altair(path):
    assert "altair" not in roots(path)


@each("path", PAGES, ids=named)
def test_pages_import_only_the_model_and_what_pages_share(path):
    allowed = ("model", "pages.ui")
    assert all(m == "pages" or m.startswith(allowed) for m in imports(path) if ours(m))


@each("path", [p for p in PAGES if p != SESSION], ids=named)
def test_state_of_the_session_and_of_the_link_is_touched_in_one_place(path):
    found = {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute) and node.attr in STATE}
    found |= {m for m in imports(path) if m.endswith(STATE)}
    assert not found


@each("path", [p for p in PAGES if p.parent.name != "ui"], ids=named)
def test_a_page_opens_no_files(path):
    calls = [node.func for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    assert (
        not {f.id if isinstance(f, ast.Name) else f.attr for f in calls if isinstance(f, ast.Name | ast.Attribute)}
        & FILES
    )


@each("path", [p for p in PAGES if p.name != "frame.py"], ids=named)
def test_tables_are_shown_in_one_place_which_makes_their_texts_safe(path):
    assert ".dataframe(" not in path.read_text(encoding="utf-8")


def raised():
    """{code: places} of every Problem, and of every reason that an edition file is wrong."""
    found = {}
    for path in [*MODEL, *PAGES]:
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
    files = [p for p in (ROOT / "pages/panel").iterdir() if not p.name.startswith("mount.")]
    assert len(files) > 10
    for file in files:
        text = file.read_text("utf-8").lower()
        named = [
            word for word in ("--st-", "setstatevalue", "settriggervalue", "parentelement", "stapp") if word in text
        ]
        assert not named and "import " not in text, (file.name, named)
