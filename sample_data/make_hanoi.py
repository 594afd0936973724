"""An illustrative Hanoi league, written as hanoi_2025-08-25.csv and .toml: python -m sample_data.make_hanoi

Only what was published of Phú Xuyên is real. Units come from the CSV itself once it exists, from --units before.
"""

import argparse
import csv
import json
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from model.rules.edition import Edition
from model.rules.files import load
from model.rules.formulas import ranks
from model.score.baseline import baseline
from model.table.league import League, columns
from model.table.leagues import find

TABLE = Path(__file__).with_name("hanoi_2025-08-25.csv")
EDITION = "766-2025"
SHAPE = "an_giang_2025-10-16"  # the league whose spread it has
SEED = 6  # the one generator whose stream numpy never changes
ARTICLE_UNIT = "10273"  # Phú Xuyên
Units = list[tuple[str, str, str]]  # code, type, name
Pairs = dict[str, tuple[np.ndarray, np.ndarray]]  # done and due of every unit, by criterion

POINTS = ("transparency", "progress", "online_services", "online_payment", "digitization", "satisfaction")
PAYMENT = ("paid_online", "procedures_paid_online", "procedures_integrated")

# What was published of Phú Xuyên in points, and the split of the 47.20 points of the other three: 18 for dossiers all
# synced is inferred, the other two are invented.
ARTICLE_POINTS = {
    "transparency": 18.00,
    "progress": 19.53,
    "online_services": 10.00,
    "online_payment": 8.60,
    "digitization": 20.60,
    "satisfaction": 18.00,
}
ARTICLE_RECEIVED, ARTICLE_FILED, ARTICLE_PAID = 3483, 3179, "98%"  # published too; its other counts stay unknown
ARTICLE_ON_TIME = 3401  # inferred from the 19.53 points

# What real tables have, each for a few units drawn at random.
NOTHING_PAID = 2  # units with fee procedures and no dossier to pay for
NO_FEES = 1  # units with not even a fee procedure
REMAINDERS = 8  # units with a component 0.01 to 0.40 away from what its counts give
HELD = 3  # units whose score is 0.05 to 0.50 away from its components
NO_POINTS = ("transparency", "digitization")  # one unit each: no points printed, every count known
NO_COUNTS = (  # one unit each: points printed, counts missing
    ("dossiers_synced",),
    ("services_used",),
    ("reused", "shared_to_store"),
    ("on_time",),
    ("dossiers_satisfied",),
    PAYMENT,
)

ABOUT = {
    "title": {"vi": "Hà Nội, 126 xã, phường", "en": "Hanoi, 126 communes and wards"},
    "edition": EDITION,
    "as_of": date(2025, 8, 25),
    "period": {"kind": "year_to_date", "first": date(2025, 7, 1), "last": date(2025, 8, 25)},
    "level": "commune",
    "origin": "illustrative",
    "source": {
        "vi": "Số liệu đã công bố của xã Phú Xuyên: báo Tuổi trẻ Thủ đô, ngày 26/8/2025; tên và mã đơn vị: Quyết định "
        "số 19/2025/QĐ-TTg; mọi số liệu khác là giả định, do sample_data/make_hanoi.py tạo ra",
        "en": "Published figures of Phú Xuyên commune: Tuổi trẻ Thủ đô, 26 August 2025; names and codes: Decision "
        "19/2025/QĐ-TTg; everything else is invented by sample_data/make_hanoi.py",
    },
    "note": {
        "vi": "Số liệu minh họa, không phải kết quả của xã, phường nào, trừ các số liệu đã công bố của xã Phú Xuyên: "
        "94,73 điểm, hạng 1/126; tiến độ giải quyết 19,53; dịch vụ công trực tuyến 10; mức độ hài lòng 18; ba "
        "nhóm còn lại cộng lại 47,20; 3.483 hồ sơ tiếp nhận, 3.179 hồ sơ nộp trực tuyến; thanh toán trực tuyến "
        "98 %. Suy ra theo quy tắc năm 2025: 3.401 hồ sơ đúng hạn; 18 trong 47,20 điểm là của nhóm công khai, minh "
        "bạch; một nửa số dịch vụ "
        "công trực tuyến có phát sinh hồ sơ. Cách chia 29,20 điểm còn lại là giả định. Các đơn vị khác là giả định, "
        "với mức phân tán của 102 xã, phường tỉnh An Giang ngày 16/10/2025, một bảng thật cùng thời. Bài báo không "
        "nêu kỳ xếp hạng; coi là tính từ ngày 01/7/2025.",
        "en": "Illustrative figures, not the results of any commune or ward, except those published of Phú Xuyên: "
        "score 94.73, rank 1/126; progress 19.53; online services 10; satisfaction 18; the other three "
        "components 47.20 together; 3,483 dossiers received, 3,179 filed online; 98 % paid online. Inferred by the "
        "rules of 2025: 3,401 dossiers on time, 18 of the 47.20 for transparency, half of its online services in use. "
        "How the other 29.20 "
        "divide is invented. The other units are invented with the spread of the 102 communes of An Giang on 16 "
        "October 2025, a real league of that time. The article does not state the period of the ranking; since 1 July "
        "2025 is assumed.",
    },
    "published_cells": {
        ARTICLE_UNIT: [
            "progress_points",
            "online_services_points",
            "satisfaction_points",
            "published_score",
            "published_rank",
            "on_time_due",
            "filed_online_done",
            "filed_online_due",
        ]
    },
    "marks": {ARTICLE_UNIT: {"paid_online": "own", "filed_online": "own"}},
    "claims": {
        ARTICLE_UNIT: {
            "vi": "Bài báo nêu 100 % hồ sơ đúng hạn, trong khi 19,53/20 điểm tiến độ tương ứng với 97,65 %. Bảng dùng "
            "97,65 %; cả hai con số đều được nêu.",
            "en": "The article claims that 100 % of dossiers were on time, while 19.53/20 points of progress imply "
            "97.65 %. The table uses 97.65 %; both figures are shown.",
        }
    },
}


def main() -> None:
    """Both files, written."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--units", type=Path, default=TABLE, metavar="PATH", help="CSV of unit_code, unit_type, unit_name"
    )
    units = _units(parser.parse_args().units)
    random = np.random.RandomState(SEED)
    edition = load(EDITION).at("commune")
    article = [code for code, _, _ in units].index(ARTICLE_UNIT)
    drawn = (int(unit) for unit in random.permutation(len(units)) if unit != article)
    pairs = _pairs(random, len(units))
    _empty_payments(pairs, drawn)
    points = _modelled(edition, units, pairs)
    points[article] = [round(100 * ARTICLE_POINTS[c.key]) for c in edition.components]
    most = edition.component_max
    for unit in islice(drawn, REMAINDERS):
        component = random.randint(len(most))
        points[unit, component] = _shifted(random, points[unit, component], (1, 40), most[component])
    score = points.sum(axis=1)
    for unit in islice(drawn, HELD):
        score[unit] = _shifted(random, score[unit], (5, 50), most.sum())
    for key, unit in zip(NO_POINTS, drawn, strict=False):
        points[unit, edition.component_index[key]] = np.nan
    gaps = {(unit, key) for keys, unit in zip(NO_COUNTS, drawn, strict=False) for key in keys}
    _write(edition, units, points, score, pairs, gaps, article)
    TABLE.with_suffix(".toml").write_text("".join(f"{k} = {_toml(v)}\n" for k, v in ABOUT.items()), encoding="utf-8")


def _units(path: Path) -> Units:
    """Code, type and name of every unit, in the order of codes."""
    with path.open(encoding="utf-8", newline="") as file:
        return sorted((row["unit_code"], row["unit_type"], row["unit_name"]) for row in csv.DictReader(file))


def _pairs(random: np.random.RandomState, n: int) -> Pairs:
    """Counts of n units that earn about the points of communes of An Giang, every one of them drawn once or twice."""
    shape = find(SHAPE).published / 100
    rows = np.concatenate([random.permutation(len(shape)), random.permutation(len(shape))])[:n]
    near = np.where(shape[rows] == 18, 18, shape[rows] + random.uniform(-0.05, 0.05, (n, 6)))
    transparency, progress, online, payment, _, digitization = near.T
    pairs: Pairs = {}

    def count(key: str, due: np.ndarray, rate: np.ndarray) -> np.ndarray:
        done = np.rint(due * np.clip(rate, 0, 1)).astype(int)
        pairs[key] = done, due.copy()
        return done

    received = np.clip(2400 * np.exp(0.65 * random.normal(size=n)), 300, 9000).astype(int)
    synced = count("dossiers_synced", received, transparency / 18) / received
    on_time = count("on_time", received, progress / 20)
    pairs["dossiers_satisfied"] = on_time - np.minimum(random.poisson(0.001 * received), on_time), received.copy()

    procedures = random.randint(378, 397, n)
    services = count("services_online", procedures, random.uniform(0.82, 0.95, n))
    used = np.maximum((online - 8) / 4, 0.02)
    count("services_used", services, used)
    needed = (online - 2 - 4 * used) / 12 / synced  # of all dossiers, to be filed online; more earns nothing where full
    count("filed_online", received, np.where(online > 8.1, np.maximum(random.uniform(0.5, 0.98, n), needed), needed))

    fees, to_pay = np.full(n, 105), (received * random.uniform(0.35, 0.75, n)).astype(int)
    procedures_paid = np.maximum(0.8 * (payment - 8) / 2, 0.03)
    count("procedures_paid_online", fees, procedures_paid)
    count("procedures_integrated", fees, random.uniform(0.82, 1, n))
    short = 0.3 * (payment - 2 - procedures_paid / 0.4) / 6
    count("paid_online", to_pay, np.where(payment < 8, short, random.uniform(0.31, 1, n)))

    parts = [c for c in load(EDITION).criteria if c.component == "digitization" and c.assumed_rate is None]
    most = np.array([c.max_points for c in parts])
    earned = np.clip((digitization[:, None] - 2) / most.sum() + random.normal(0, 0.06, (n, len(parts))), 0, 1)
    for _ in range(30):  # moved together until they add up, each within its maximum
        earned = np.clip(earned + (digitization - 2 - earned @ most)[:, None] / most.sum(), 0, 1)
    for c, share in zip(parts, earned.T, strict=True):
        count(c.key, random.randint(350, 366, n) if c.group == "procedures" else received, c.target * share)
    return pairs


def _empty_payments(pairs: Pairs, drawn: Iterator[int]) -> None:
    """Zero denominators of payment, set in place."""
    nothing_paid, no_fees = list(islice(drawn, NOTHING_PAID)), list(islice(drawn, NO_FEES))
    pairs["procedures_paid_online"][0][nothing_paid] = 0
    for units, keys in ((nothing_paid, PAYMENT[:1]), (no_fees, PAYMENT)):
        for key in keys:
            for side in pairs[key]:
                side[units] = 0


def _modelled(edition: Edition, units: Units, pairs: Pairs) -> np.ndarray:
    """Hundredths that the counts alone give, shape (n, components)."""
    done, due = (
        np.stack(
            [pairs[key][side] if key in pairs else np.full(len(units), np.nan) for key in columns(edition)], axis=1
        ).astype(float)
        for side in (0, 1)
    )
    league = League(
        key=TABLE.stem,
        edition=edition.key,
        codes=tuple(u[0] for u in units),
        names=tuple(u[2] for u in units),
        done=done,
        due=due,
        rate=np.divide(done, due, out=np.full_like(done, np.nan), where=due > 0),
        published=np.full((len(units), len(edition.components)), np.nan),
        published_score=np.full(len(units), np.nan),
        level="commune",
    )
    return baseline(edition, league).standing.modelled.copy()


def _shifted(random: np.random.RandomState, hundredths: float, by: tuple[int, int], most: float) -> float:
    """A figure moved up or down by a number of hundredths, kept within [0, most]."""
    step = random.randint(by[0], by[1] + 1) * random.choice([-1, 1])
    return float(hundredths + (step if 0 <= hundredths + step <= most else -step))


def _write(
    edition: Edition,
    units: Units,
    points: np.ndarray,
    score: np.ndarray,
    pairs: Pairs,
    gaps: set[tuple[int, str]],
    article: int,
) -> None:
    """The table, best first; points and score in hundredths, `gaps` the (unit, key) left empty."""
    keys = [key for key in columns(edition) if key in pairs]
    order = [edition.component_index[key] for key in POINTS]
    rank = ranks(score)
    known = {"on_time": (ARTICLE_ON_TIME, ARTICLE_RECEIVED), "filed_online": (ARTICLE_FILED, ARTICLE_RECEIVED)}
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(
            [
                "unit_code",
                "unit_type",
                "unit_name",
                *(f"{key}_points" for key in POINTS),
                "published_score",
                "published_rank",
                *(f"{key}_{side}" for key in keys for side in ("done", "due")),
                "paid_online",
            ]
        )
        for i in np.lexsort((np.arange(len(units)), rank)):
            counts = ["" if (i, key) in gaps else int(side[i]) for key in keys for side in pairs[key]]
            if i == article:
                counts = [count for key in keys for count in known.get(key, ("", ""))]
            paid = ARTICLE_PAID if i == article else ""
            points_of = map(_decimal, points[i, order])
            table.writerow([*units[i], *points_of, _decimal(score[i]), int(rank[i]), *counts, paid])


def _decimal(hundredths: float) -> str:
    return "" if np.isnan(hundredths) else f"{hundredths / 100:g}"


def _toml(value: Any) -> str:
    """A value as TOML writes it, tables inline."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(item)}" for key, item in value.items()) + " }"
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    main()
