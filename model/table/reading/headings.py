"""Headings: where a table's header stands, and what each of its columns holds, guessed from what it is called."""

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from model.rules.edition import Edition
from model.table.league import columns
from model.table.league import folded as _folded
from model.table.reading import periods
from model.words.numbers import Cell, plain, shown

_DEPTH = 300  # rows among which a header is looked for
_HEIGHT = 3  # rows that a header may have
_BELOW = 30  # rows under it by which a list of criteria is told
_LOOKED = 15_000  # texts of a heading's usual length among which the headers of all sheets of a file are looked for
_LETTERS = 200  # of a heading, by which it is told
_USUAL = 100  # letters that a heading has at most as a rule
_FIGURES = ("points.", "done.", "due.", "rate.", "score")
_COUNTED = re.compile(r"(tong )?so (luong )?(ho so|thu tuc|tthc|dich vu|dvc|pakn|phan anh|luot|don vi)\b")
# What official names say at length, and short.
_SHORT = {
    "thu tuc hanh chinh": "tthc",
    "phan anh kien nghi": "pakn",
    "kien nghi phan anh": "pakn",
    "dich vu cong quoc gia": "dvcqg",
    "dvc quoc gia": "dvcqg",
    "dich vu cong truc tuyen": "dvctt",
    "dich vu cong tt": "dvctt",
    "dich vu cong": "dvc",
    "dvc truc tuyen": "dvctt",
    "dvc tt": "dvctt",
    "co so du lieu": "csdl",
    "quoc gia": "qg",
    "gq": "giai quyet",
    "ti le": "ty le",
}
# The statutory table (II.06): what is counted, and of which dossiers; a column belongs to the last that was named.
_FORM_COLUMNS = 60
_FORM_GROUPS = {
    "pending": r"\b(dang|chua) giai quyet|dang xu ly",
    "settled": r"da giai quyet|da xu ly",
    "received": r"tiep nhan|nhan giai quyet",
}
_FORM_PARTS = {
    "received": {"carried": "ky truoc", "online": "truc tuyen", "direct": "truc tiep|buu chinh", "all": "tong"},
    "settled": {"late": "qua han", "early": "truoc han", "on_time": "dung han", "all": "tong"},
    "pending": {"late": "qua han", "in_time": "trong han|chua den han", "all": "tong"},
}
_SHORTENED = re.compile(rf"\b({'|'.join(_SHORT)})\b")
_LEAD = re.compile(r"((tieu chi|chi so|chi tieu|tc|cs) )?([0-9]+ [0-9]+[a-z]? )?(ty le )?(tien do )?")
_PLANNED = re.compile(r"chi tieu (?![0-9])")  # what a rate is to be, or the name of a criterion
_EARLY = re.compile(r"(?<!dung han )(?<!va )\b(truoc|som) han$")
_JUST_IN_TIME = re.compile(r"(?<!truoc han )(?<!som han )(?<!va )\bdung han$")
_FILLERS = re.compile(r"\b(duoc|cac|cua|nhung|so|ty le|phan tram) ")
_NUMBER = re.compile(r"|\s*[(\[]?\s*([0-9]{1,3}(\.0)?|[A-Za-z])\s*[)\]]?\s*(=.*)?", re.DOTALL)
_MAXIMUM = re.compile(r"[(\[]?\s*(toi da\s*)?/?[0-9]+([.,][0-9]+)?\s*(d|diem|points?)\.?\s*[)\]]?")
folded = lru_cache(10_000)(_folded)  # each heading is looked at in several ways
IDLE = (
    "row",
    "rank",
    "band",
    "level",
    "type",
    "group",
    "day",
    "most",
    "counted",
    "none",
)  # nothing is computed from these


@dataclass(frozen=True)
class Heading:
    """A column's heading and what it is taken to hold: `role` is one of `roles(...)`; not `sure` where guessed."""

    text: str
    role: str = "none"
    sure: bool = False
    most: float | None = None  # the maximum that the heading prints: (18đ)
    period: str = ""  # that it speaks of
    past: str = ""  # its role in the earlier table that stands beside the latest one
    maybe: str = ""  # the role that its name holds, but it says more


@dataclass(frozen=True)
class Header:
    """Where the rows under a header begin (0-based), its own rows, and its headings; a sheet of criteria is `long`."""

    first: int
    height: int
    headings: tuple[Heading, ...]

    @property
    def long(self) -> bool:
        """Whether each row is one criterion of a unit."""
        return any(h.role == "criterion" for h in self.headings)


def roles(edition: Edition) -> tuple[str, ...]:
    """Everything a column may be taken for in a table of units."""
    keys = columns(edition)
    measured = tuple(f"{what}.{key}" for key in keys for what in ("done", "due", "rate"))
    parts = tuple(f"points.{c.key}" for c in edition.components)
    return ("code", "name", "score", *parts, "rank", "level", *measured, "none")


def role_of(key: str, edition: Edition) -> str | None:
    """The role that a key names: a role itself, a column of our own form, or a component; None where it names none."""
    plain = key.strip().casefold()
    if plain in edition.component_index:
        return f"points.{plain}"
    role = plain if plain in roles(edition) else _entries(edition).own.get(plain)
    return role if role in roles(edition) else None


def header(
    rows: Sequence[Sequence[Cell]],
    edition: Edition,
    at: int | None = None,
    sheets: int = 1,
    hidden: Collection[int] = (),
) -> Header | None:
    """The header that names most columns, in the row asked for or anywhere; None where none names units and figures.

    In a file of many sheets each is searched less far. A hidden column never takes the place of one that is seen.
    """
    best, most, left, data = None, 0, max(200, _LOOKED // sheets), dict[int, bool]()
    for first in range(min(len(rows), _DEPTH)) if at is None else (at,):
        left -= _weight(rows[first])
        if left < 0 and at is None:
            break
        for height in range(1, _HEIGHT + 1):
            block = rows[first : first + height]
            last = first + height - 1
            if len(block) < height or (data[last] if last in data else data.setdefault(last, _is_data(block[-1]))):
                break
            found = Header(first, height, tuple(_read(rows, first, height, edition, hidden)))
            worth = _worth(found)
            if worth > most:
                best, most = found, worth
    under = best.first + best.height if best else 0
    if best and best.height < _HEIGHT and under < len(rows) and _is_periods(rows[under]):
        taller = Header(best.first, best.height + 1, tuple(_read(rows, best.first, best.height + 1, edition, hidden)))
        return taller if _worth(taller) else best
    return best


def _weight(row: Sequence[Cell]) -> int:
    """How many usual headings a row's texts take as long to read as."""
    return sum(1 + min(len(cell), _LETTERS) // _USUAL if isinstance(cell, str) else 1 for cell in row)


def plainest(rows: Sequence[Sequence[Cell]], edition: Edition, at: int) -> Header:
    """A header of that one row, whatever it names."""
    return Header(at, 1, tuple(_read(rows, at, 1, edition, ())))


def is_numbering(row: Sequence[Cell]) -> bool:
    """Whether a row only numbers its columns: (1) (2) (3), A B 1 2 3=1+2."""
    if not all(_NUMBER.fullmatch(shown(cell)[:_LETTERS]) for cell in row):
        return False
    texts = [re.sub(r"[()\[\]]|=.*|\.0$", "", shown(cell)[:_LETTERS]).strip() for cell in row if shown(cell)]
    counted = [int(text) for text in texts if text.isdecimal() and len(text) < 4]
    letters = [text for text in texts if re.fullmatch("[A-Za-z]", text)]
    return len(texts) > 2 and len(counted) + len(letters) == len(texts) and _runs(counted) and len(counted) > 1


def is_maxima(row: Sequence[Cell]) -> bool:
    """Whether a row only says of its columns what they are out of: (18đ), 20 điểm."""
    texts = [shown(cell) for cell in row if shown(cell)]
    return bool(texts) and all(map(_is_maximum, texts))


def _is_maximum(text: str) -> bool:
    return _MAXIMUM.fullmatch(" ".join(folded(text).split())) is not None


def criterion_of(text: str, edition: Edition) -> str | None:
    """The criterion that a row of a detail sheet names, by its number (2.1), name or code; None where it names none."""
    return _criterion(_words(text), edition) or _numbered(text, edition)


def component_of(text: str, edition: Edition) -> str | None:
    """The component that a row names; None where it names none."""
    key = _entries(edition).components.get(_words(re.sub(r"^\s*([IVX]+|[0-9]+)[.)\s]+", "", text)))
    return key if key in edition.component_index else None


def component_within(text: str, edition: Edition) -> str | None:
    """The one component that a title names; None where it names none or several."""
    words, known = f" {_words(text)} ", _entries(edition).components
    named = {key for name, key in known.items() if " " in name and f" {name} " in words}
    own = {key for key in named if key in edition.component_index}
    return own.pop() if len(own) == 1 else None


def _runs(counted: list[int]) -> bool:
    return all(later - sooner == 1 for sooner, later in zip(counted, counted[1:], strict=False))


def _is_data(row: Sequence[Cell]) -> bool:
    """Whether a row holds figures, and so is none of a header's; years are no figures."""
    figures = (cell for cell in row if plain(cell) is not None or _looks_counted(cell))
    return any(not _is_period(cell) for cell in figures) and not is_numbering(row)


def _is_periods(row: Sequence[Cell]) -> bool:
    """Whether a row says nothing but the periods of the columns above it: 2025, 2026 · Tháng 8, Tháng 9."""
    texts = [text for cell in row if (text := shown(cell)[:_LETTERS])]
    return len(texts) > 1 and all(periods.cut(folded(text)) == ("", folded(text)) for text in texts)


def _is_period(cell: Cell) -> bool:
    """Whether a cell that looks like a figure is a year or a day: 2026, 25/8/2026."""
    if plain(cell) is not None:
        return plain(cell) in range(2022, 2040)
    text = folded(shown(cell)[:_LETTERS])
    return periods.cut(text) == ("", text)


def _looks_counted(cell: Cell) -> bool:
    return isinstance(cell, str) and re.match(r"\s*[0-9]+([.,][0-9]+)?\s*(%|/\s*[0-9])", cell[:_LETTERS]) is not None


def _worth(found: Header) -> int:
    """How much a header names; nothing where it names no unit and no figure, or a column that should have a row."""
    names = [h.role for h in found.headings]
    measured = any(role.startswith((*_FIGURES, "form.")) or role in ("done", "due", "rate", "points") for role in names)
    if not measured or not {"name", "code", "criterion"} & set(names):
        return 0
    told = {h.role for h in found.headings if h.role != "none"}
    sure = {h.role for h in found.headings if h.sure and h.role != "none"}
    return 4 * len(told) + 2 * len(sure) - found.height


def _read(
    rows: Sequence[Sequence[Cell]], first: int, height: int, edition: Edition, hidden: Collection[int]
) -> list[Heading]:
    block = rows[first : first + height]
    width = max(map(len, block), default=0)
    texts = [[shown(row[i])[:_LETTERS] if i < len(row) else "" for i in range(width)] for row in block]
    own = [[text for row in texts if (text := row[i])] for i in range(width)]
    long = _is_long(own, rows[first + height : first + height + _BELOW], edition)
    found, whole = [], []
    for i, column in enumerate(own):
        own_rows = [at for at, row in enumerate(texts) if row[i] and not _is_maximum(row[i])]
        lowest = max(own_rows, default=0)
        last = texts[lowest][i]
        parents = [p for p in (_above(row, i) for row in texts[:lowest]) if p and p != last]
        found.append(_heading(" ".join(column), last, parents, edition, long))
        whole.append(" ".join((*parents, last)))
    if long:
        return _listed(found)
    found = _beside_early(_of_the_form(found, whole))
    found = _of_the_title(found, own, rows[:first], edition)
    seen = {h.role for i, h in enumerate(found) if i not in hidden}
    found = [replace(h, role="none") if i in hidden and h.role in seen else h for i, h in enumerate(found)]
    return _latest(found)


def _is_long(own: Sequence[Sequence[str]], below: Sequence[Sequence[Cell]], edition: Edition) -> bool:
    """Whether each row under a header is a criterion: the header says so, or has numerators and the rows name some."""
    known = _entries(edition)
    words = {_words(text) for column in own for text in column}
    if words & known.detail.keys():
        return True
    if not {"done", "due"} <= {known.measures[word] for word in words if word in known.measures}:
        return False
    rows = [[text for cell in row if (text := shown(cell)[:_LETTERS])] for row in below]
    named = [any(_criterion(_words(text), edition) for text in row) for row in rows if row]
    return 2 * sum(named) > len(named)


def _listed(found: list[Heading]) -> list[Heading]:
    """The headings of a list of criteria: where none is said to hold their names, the column of names does."""
    if any(h.role == "criterion" for h in found):
        return found
    roles = [h.role for h in found]
    at = next((roles.index(role) for role in ("name", "code") if role in roles), None)
    return [replace(h, role="criterion") if i == at else h for i, h in enumerate(found)]


def _of_the_form(found: list[Heading], whole: Sequence[str]) -> list[Heading]:
    """The headings of the statutory table of dossiers received and settled, where it is that: a role form.… each."""
    group, at = "", dict[str, int]()
    if not 8 < len(whole) < _FORM_COLUMNS:
        return found
    for i, text in enumerate(whole):
        plain = " ".join(re.sub(r"[^a-z0-9]+", " ", folded(text)).split())
        group = next((key for key, words in _FORM_GROUPS.items() if re.search(words, plain)), group)
        part = next((key for key, words in _FORM_PARTS[group].items() if re.search(words, plain)), "") if group else ""
        if part:
            at.setdefault(f"form.{group}.{part}", i)
    if not {"form.received.all", "form.settled.early", "form.settled.on_time", "form.pending.in_time"} <= at.keys():
        return found
    by_place = {i: role for role, i in at.items()}
    return [replace(h, role=by_place[i], sure=True, period="") if i in by_place else h for i, h in enumerate(found)]


def _beside_early(found: list[Heading]) -> list[Heading]:
    """The headings without a rate that is none: beside those settled early, "đúng hạn" counts the others in time."""
    words = [_words(h.text) for h in found]
    if not any(_EARLY.search(text) for text in words):
        return found
    return [
        replace(h, role="none")
        if h.role in ("done.on_time", "rate.on_time") and _JUST_IN_TIME.search(text) and not _says_rate(h.text)
        else h
        for h, text in zip(found, words, strict=True)
    ]


def _of_the_title(
    found: list[Heading], own: Sequence[Sequence[str]], above: Sequence[Sequence[Cell]], edition: Edition
) -> list[Heading]:
    """The headings of a table about one criterion, which its title names: bare numerators, points that are no score."""
    known = _entries(edition)
    bare = [known.measures.get(_words(column[-1]), "") if column else "" for column in own]
    if not {"done", "due"} <= {what for what, h in zip(bare, found, strict=True) if h.role == "none"}:
        return found
    titles = [part for row in above for cell in row for part in (shown(cell), *re.split("[:–-]", shown(cell)))]
    key = next((key for text in reversed(titles) if (key := criterion_of(text[:_LETTERS], edition))), None)
    return [
        replace(h, role=f"{what}.{key}" if key and what != "points" else "none", sure=bool(key)) if what else h
        for what, h in zip(bare, found, strict=True)
    ]


def _latest(found: list[Heading]) -> list[Heading]:
    """Of periods that stand side by side the latest alone; what is said before it is of the past."""
    figures = [h for h in found if is_figure(h.role)]
    if not figures:
        return found
    said = list(dict.fromkeys(h.period for h in found if h.period or is_figure(h.role)))
    held = {(h.role, h.period) for h in figures}
    order = dict(zip(said, periods.ranked(said), strict=True))
    latest = max((order[h.period] for h in figures), default=0.0)
    beside = len(held) > len({role for role, _ in held})  # one thing at several times

    def past(h: Heading) -> bool:
        timed = is_figure(h.role) or h.role == "rank" and bool(h.period)
        return timed and (order[h.period] < latest if beside or h.role == "rank" else order[h.period] < 0)

    return [replace(h, role="none", past=h.role) if past(h) else h for h in found]


def is_figure(role: str) -> bool:
    """Whether columns of a role hold points, counts or rates."""
    return role.startswith((*_FIGURES, "form."))


def _above(row: Sequence[str], i: int) -> str:
    """A cell's text, or of what it is merged with to its left."""
    return next((row[j] for j in range(i, -1, -1) if row[j]), "")


def _heading(text: str, last: str, parents: list[str], edition: Edition, long: bool) -> Heading:
    """What one column holds: its lowest heading by itself, or as a measure of what stands above it."""
    known = _entries(edition)
    exact = known.own.get(last.strip().casefold()) or known.own.get("_".join(last.casefold().split()))
    if exact:
        return Heading(text, exact, True, _most(text))
    lines = [periods.cut(folded(_split(line))) for line in (*parents, last)]
    period = " ".join(said for _, said in reversed(lines) if said)
    *above, plain_last = [line for line, _ in lines]
    if not _words(plain_last) and "%" not in plain_last and above:
        *above, plain_last = above  # a period alone stands under what it is the period of
    found = _named(text, plain_last, above, edition, long)
    return replace(found, period=period) if period else found


def _named(text: str, last: str, parents: list[str], edition: Edition, long: bool) -> Heading:
    """What a heading without its period names."""
    known, words, most = _entries(edition), _words(last), _most(text)
    if not words and "%" not in last:
        return Heading(text)
    if long:
        role = known.detail.get(words) or known.measures.get(words) or known.columns.get(words)
        return Heading(text, role or "none", role is not None, most)
    measure = known.measures.get(words) or ("rate" if not words else None)
    for parent in reversed(parents):
        if measure and (key := _criterion(_words(parent), edition) or _numbered(parent, edition)):
            return Heading(text, f"{measure}.{key}" if measure != "points" else "none", True, most)
        if measure == "rate" and words and (key := known.rates.get(_words(parent))):
            return Heading(text, f"rate.{key}", False, most)
        if measure == "points" and (part := known.components.get(_words(parent))):
            return Heading(text, f"points.{part}", True, most)
    if (words in known.columns or words in known.components) and not _says_rate(last):
        role = known.columns.get(words) or f"points.{known.components[words]}"
        return Heading(text, role, True, most)
    if _says_rate(last) and (key := _criterion(words, edition)):
        planned = _PLANNED.match(words) is not None
        return Heading(text, "none" if planned else f"rate.{key}", not planned, most, maybe=f"rate.{key}" * planned)
    role, says_more = _guessed(words, last, edition)
    says_more |= role.startswith("rate.") and _PLANNED.match(words) is not None
    return Heading(text, "none" if says_more else role, False, most, maybe=role if says_more else "")


def _criterion(words: str, edition: Edition) -> str | None:
    """The criterion that a heading without more than its name names, "tỷ lệ" or "tiến độ" before it or not."""
    known, rest = _entries(edition), _LEAD.sub("", words, count=1)
    return known.criteria.get(words) or known.criteria.get(_FILLERS.sub("", rest)) or known.criteria.get(rest)


@lru_cache(10_000)
def _guessed(words: str, text: str, edition: Edition) -> tuple[str, bool]:
    """The role of a heading that only contains what is known, of which the longest counts; and whether it says more."""
    known, rated = _entries(edition), _says_rate(text)
    near = (phrase for word in dict.fromkeys(words.split()) for phrase in known.phrases.get(word, ()))
    found = [(name, kind, key) for name, kind, key in near if f" {name} " in f" {words} "]
    inside = sorted(found, key=lambda one: ("column", "component", "criterion", "rate").index(one[1]))
    inside = [found for found in inside if found[1] != ("component" if rated or _COUNTED.match(words) else "rate")]
    if not rated:
        inside = [found for found in inside if found[1] != "rate"]
    if any(kind != "column" for _, kind, _ in inside):
        inside = [found for found in inside if found[1:] != ("column", "score")]  # "Điểm số hóa" is no "Điểm số"
    if (key := _numbered(text, edition)) is not None:
        inside.append((words, "criterion", key))
    if not inside:
        return "none", False
    name, kind, key = max(inside, key=lambda found: len(found[0]))
    measured = [what for what in known.measures if f" {what} " in f" {words} "]
    loose = kind == "column" and key != "score"
    rest = f" {words} ".replace(f" {name} ", " / ")
    if not loose and name != words and known.never.search(rest):
        return "none", False
    if kind in ("column", "component"):
        return (key if kind == "column" else f"points.{key}"), not loose and _says_more(rest, known)
    measure = known.measures[measured[0]] if measured else None
    if measure is None or rated and measure == "points":
        measure = "done" if _COUNTED.match(words) and not rated else "rate"
    for what in measured:
        rest = rest.replace(f" {what} ", " ")
    return ("none" if measure == "points" else f"{measure}.{key}"), _says_more(rest, known)


def _says_more(rest: str, known: "_Known") -> bool:
    """Whether what is left of a heading without a known name is more than words that change nothing."""
    return re.sub(r"[0-9/ ]", "", known.neutral.sub(" ", rest)) != ""


def _says_rate(text: str) -> bool:
    return "%" in text or re.search(r"\bt[iy] le\b", folded(text)) is not None


@dataclass(frozen=True)
class _Known:
    """What headings are looked up in: {words: role, component, criterion or measure}; phrases by their first words."""

    own: Mapping[str, str]
    columns: Mapping[str, str]
    components: Mapping[str, str]
    criteria: Mapping[str, str]
    detail: Mapping[str, str]
    measures: Mapping[str, str]
    rates: Mapping[str, str]
    phrases: Mapping[str, list[tuple[str, str, str]]]
    never: re.Pattern[str]
    neutral: re.Pattern[str]


@cache
def _entries(edition: Edition) -> _Known:
    data = tomllib.loads(Path(__file__).with_name("headings.toml").read_text(encoding="utf-8"))
    by_words = {
        part: {_words(word): key for key, words in rows.items() for word in words} for part, rows in data.items()
    }
    components = by_words["components"]
    components |= {_words(name): c.key for c in edition.components for name in (*c.name.values(), c.code)}
    criteria = by_words["official"]
    criteria |= {_words(name): c.key for c in edition.criteria for name in c.name.values()}
    criteria |= {_words(lever.name[lang]): lever.key for lever in edition.levers for lang in lever.name}
    criteria |= {_FILLERS.sub("", words): key for words, key in list(criteria.items())}
    own = {"unit_code": "code", "unit_name": "name", "published_score": "score", "published_rank": "rank"}
    own |= {f"{key}_points": f"points.{key}" for key in data["components"]} | {"unit_type": "type"}
    own |= {f"{key}_{what}": f"{what}.{key}" for key in columns(edition) for what in ("done", "due")}
    own |= {key: f"rate.{key}" for key in columns(edition)}
    phrases = [(name, "column", key) for name, key in by_words["columns"].items() if " " in name and key != "none"]
    phrases += [(name, "component", key) for name, key in components.items() if " " in name or len(name) > 3]
    phrases += [(name, "criterion", key) for name, key in criteria.items() if " " in name]
    phrases += [(name, "rate", key) for name, key in by_words["rates"].items()]
    first: dict[str, list[tuple[str, str, str]]] = {}
    for phrase in phrases:
        first.setdefault(phrase[0].split()[0], []).append(phrase)
    never, neutral = (_any_of(data[part]["words"]) for part in ("never", "neutral"))
    known = by_words["columns"], components, criteria, by_words["detail"], by_words["measures"], by_words["rates"]
    return _Known(own, *known, first, never, neutral)


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    longest = sorted(map(_words, words), key=len, reverse=True)
    return re.compile(rf"\b({'|'.join(longest)})\b")


@lru_cache(10_000)
def _words(text: str) -> str:
    """A heading as it is looked up: folded, without what stands in brackets, without signs, official words short."""
    inner = re.sub(r"[(\[][^)\]]*[)\]]?", " ", _split(text))
    plain = " ".join(re.sub(r"[^a-z0-9]+", " ", folded(inner)).split())
    return _SHORTENED.sub(lambda long: _SHORT[long[1]], plain)


def _split(text: str) -> str:
    """The words of departmentCode and groupScores.CKMB apart; of the latter, what is scored."""
    own = re.sub(r"^(groupScores|scores|group_scores)[._]", "", text)
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", own) if own.isascii() else own


@lru_cache(10_000)
def _most(text: str) -> float | None:
    """The maximum that a heading prints: (18đ), (tối đa 18 điểm), (/18)."""
    found = re.search(r"[(\[/][^()\[\]/]*?([0-9]+(?:[.,][0-9]+)?)\s*(d\b|diem|points?|[)\]]|$)", folded(text))
    return float(found[1].replace(",", ".")) if found else None


def _numbered(text: str, edition: Edition) -> str | None:
    """The criterion whose number a text begins with: "2.1", "2.1. Hồ sơ đúng hạn", "Tiêu chí 3.5a"."""
    found = re.match(
        r"\s*(?:tieu chi|tc|chi so|cs|tu so|mau so|t[iy] le|ts|ms)?\s*([0-9]+\.[0-9]+[a-z]?)(?![0-9%])", folded(text)
    )
    return next((c.key for c in edition.criteria if found and c.number == found[1]), None)
