"""The head of every page: its name, the menu, search, what hands the page on, and a browser's own keys."""

from datetime import date
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from model.table.writing import stem
from model.words.phrases import LANGUAGES
from model.words.texts import Words, words
from pages.panel import one_file
from pages.panel.panel_data import MASTHEAD_SCRIPTS, panel_text
from pages.ui import qr, session

_PAGES = {  # in the menu's order; where each stands, and its script
    "simulator": ("./", "app.py"),
    "targets": ("targets", "pages/targets.py"),
    "ranking": ("ranking", "pages/ranking.py"),
    "training": ("training", "pages/training.py"),
    "data": ("data", "pages/data.py"),
    "method": ("method", "pages/method.py"),
}
_LONGEST = 2000  # characters of a link that mail and messengers pass on whole
_OF_A_UNIT = ("simulator", "targets", "ranking", "training")


def title(page: str, t: Words) -> str:
    """What the browser's tab says: the page, the unit that it is about, the product."""
    unit = [session.base().league.names[session.unit()]] if page in _OF_A_UNIT else []
    return " · ".join([t(f"app.{page}"), *unit, t("app.short")])


def masthead(page: str, t: Words) -> None:
    """The head, drawn; another page, where one was chosen from it."""
    data = {
        "page": page,
        "pages": [{"key": key, "path": path, "name": t(f"app.{key}")} for key, (path, _) in _PAGES.items()],
        "words": t.group("masthead")
        | {"title": t("app.title"), "other_language": t("app.other_language")}
        | {"decimal": t("decimal"), "thousands": t("thousands")},
        "language": t.language,
        "other": next(one for one in LANGUAGES if one != t.language),
        "phrases": _phrases(),
        "link": urlencode(session.link()),
        "fresh": session.fresh(),
        "asks": session.unspoken(),
        "keys": {"off": bool(session.shown("keys_off")), "known": session.shown("keys_off") is not None},
        "tour": {
            "words": t.group("tour") if page == "simulator" else None,
            "first": page == "simulator" and session.newcomer(),
            "calls": int(session.shown("guided") or 0),
        },
        "found": _found(t) if session.shown("looking") else None,
        "longest": _LONGEST,
        "share": _share(str(session.shown("sharing") or ""), t),
        "printing": session.printing(),
    }
    chosen = _component()(key="masthead", data=data, on_act_change=_acted, on_go_change=_nothing).go
    if session.take_ticket("guide") and page != "simulator":
        chosen = "simulator"
    if chosen in _PAGES and chosen != page:
        st.switch_page(_PAGES[chosen][1])


@cache
def _phrases() -> list[dict[str, str]]:
    """What Streamlit's own controls say, {language: text}; a text may have one blank."""
    told = {language: words(language).group("streamlit") for language in LANGUAGES}
    return [{language: texts[key] for language, texts in told.items()} for key in told[LANGUAGES[0]]]


def _found(t: Words) -> list[dict[str, str]]:
    """What can be found by its name: leagues, units of this one, levers."""
    league, edition = session.base().league, session.base().edition
    return [
        *({"kind": "league", "key": key, "name": t.of(one.title)} for key, one in session.leagues().items()),
        *({"kind": "unit", "key": code, "name": name} for code, name in zip(league.codes, league.names, strict=True)),
        *({"kind": "lever", "key": lever.key, "name": t.of(lever.name)} for lever in edition.levers),
    ]


def _share(address: str, t: Words) -> dict[str, str] | None:
    """An address as a code to be scanned, or what it would show as a file where it is too long; none where none is."""
    if not address:
        return None
    if len(address) <= _LONGEST:
        return {"address": address, "qr": qr.code(address)}
    base, unit, choice = session.base(), session.unit(), session.choice()
    name = f"{stem(base.league)}_{base.league.codes[unit]}.html"
    return {"address": address, "file": one_file.page(base, unit, choice, t, date.today()), "name": name}


def _acted() -> None:
    kind, _, rest = str(session.shown("masthead")["act"]).partition(":")
    if kind == "language":
        session.switch_language()
    elif kind == "look":
        session.show("looking", True)
    elif kind == "print":
        session.to_paper()
    elif kind == "printed":
        session.to_screen()
    elif kind == "guide":
        guide()
    elif kind == "keys":
        session.switch_keys(rest == "off")
    elif kind == "remembered":
        session.speak(rest)
    elif kind == "follow":
        session.follow(dict(parse_qsl(rest)))
    elif kind == "began":
        session.begin_with(dict(parse_qsl(rest)))
    elif kind == "share":
        session.show("sharing", rest)
    elif kind == "league" and rest in session.leagues():
        session.pick_league(rest)
    elif kind == "lever" and rest in session.base().edition.lever_index:
        session.look_at(chart=rest)
    else:
        session.acted(f"{kind}:{rest}")


def guide() -> None:
    """The steps of a first visit called again, on the simulator's page."""
    session.show("guided", int(session.shown("guided") or 0) + 1)
    session.give_ticket("guide")


def _nothing() -> None:
    """A page was chosen: the run that follows goes there."""


def _component() -> Any:
    """The head, registered on each run, as the panel is."""
    script, style = _texts()
    html = '<div class="masthead">\n</div>'
    return st.components.v2.component("index766_masthead", html=html, css=style, js=script)


@cache
def _texts() -> tuple[str, str]:
    return "\n".join(map(panel_text, MASTHEAD_SCRIPTS)), panel_text("masthead.css")
