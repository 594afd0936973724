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

TABLE = Path(__file__).with_name("hanoi_2025-08-25.csv")
EDITION = "766-2025"
SEED = 6  # chosen for its ties: three pairs, and three units at one score
ARTICLE_UNIT = "10273"  # Phú Xuyên
Units = list[tuple[str, str, str]]  # code, type, name
Pairs = dict[str, tuple[np.ndarray, np.ndarray]]  # done and due of every unit, by criterion

POINTS = ("transparency", "progress", "online_services", "online_payment", "digitization", "satisfaction")
PAYMENT = ("paid_online", "procedures_paid_online", "procedures_integrated")

# The rates of a middling unit.
TYPICAL = {
    "published_on_time": 0.64,
    "updated_on_time": 0.74,
    "content_complete": 0.94,
    "dossiers_synced": 0.96,
    "on_time": 0.945,
    "services_online": 0.76,
    "services_used": 0.42,
    "filed_online": 0.66,
    "procedures_paid_online": 0.48,
    "procedures_integrated": 0.58,
    "e_results": 0.78,
    "digitized": 0.70,
    "reused": 0.52,
    "shared_to_store": 0.56,
    "population_procedures": 0.52,
    "population_dossiers": 0.58,
}

# Phú Xuyên's dossiers and rates. Published: 3,483 received, 3,179 filed online, 98 % paid online, and the points of
# progress, online services and satisfaction. The other counts are invented, so that the model gives those points and
# the published 47.20 of the remaining three components together.
ARTICLE_COUNTS = {
    "published_on_time": (312, 390),
    "updated_on_time": (351, 390),
    "content_complete": (385, 385),
    "dossiers_synced": (3483, 3483),
    "on_time": (3401, 3483),
    "services_online": (358, 390),
    "services_used": (179, 358),
    "filed_online": (3179, 3483),
    "paid_online": (1813, 1850),
    "procedures_paid_online": (32, 50),
    "procedures_integrated": (41, 50),
    "e_results": (3384, 3483),
    "digitized": (3217, 3483),
    "reused": (2894, 3483),
    "shared_to_store": (3265, 3483),
    "population_procedures": (333, 360),
    "population_dossiers": (3083, 3483),
    "petitions_on_time": (0, 0),
    "petitions_satisfied": (0, 0),
    "dossiers_satisfied": (3397, 3483),
}

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
    ("petitions_on_time", "petitions_satisfied"),
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
        "98 %. Cách chia 47,20 điểm cho ba nhóm và số hồ sơ có phí là giả định. Bài báo không nêu kỳ xếp hạng; "
        "coi là tính từ ngày 01/7/2025.",
        "en": "Illustrative figures, not the results of any commune or ward, except those published of Phú Xuyên: "
        "score 94.73, rank 1/126; progress 19.53; online services 10; satisfaction 18; the other three "
        "components 47.20 together; 3,483 dossiers received, 3,179 filed online; 98 % paid online. How the "
        "47.20 divide among the three and the number of fee dossiers are invented. The article does not state "
        "the period of the ranking; since 1 July 2025 is assumed.",
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
    random = np.random.RandomState(SEED)  # the one generator whose stream numpy never changes
    edition = load(EDITION)
    article = [code for code, _, _ in units].index(ARTICLE_UNIT)
    drawn = (int(unit) for unit in random.permutation(len(units)) if unit != article)
    pairs = _pairs(random, len(units))
    _empty_payments(pairs, drawn)
    for key, (done, due) in ARTICLE_COUNTS.items():
        pairs[key][0][article], pairs[key][1][article] = done, due
    points = _modelled(edition, units, pairs)
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
    _write(edition, units, points, score, pairs, gaps)
    TABLE.with_suffix(".toml").write_text("".join(f"{k} = {_toml(v)}\n" for k, v in ABOUT.items()), encoding="utf-8")


def _units(path: Path) -> Units:
    """Code, type and name of every unit, in the order of codes."""
    with path.open(encoding="utf-8", newline="") as file:
        return sorted((row["unit_code"], row["unit_type"], row["unit_name"]) for row in csv.DictReader(file))


def _pairs(random: np.random.RandomState, n: int) -> Pairs:
    """Plausible counts of n units; what belongs together agrees."""
    quality = random.normal(size=n)
    pairs: Pairs = {}

    def draw(key: str, due: np.ndarray, least: np.ndarray | float = 0, most: np.ndarray | float = np.inf) -> np.ndarray:
        rate = TYPICAL[key] ** np.exp(0.4 * random.normal(size=n) - 0.4 * quality)
        done = np.clip(np.rint(due * np.minimum(1.015 * rate, 1)), least, most).astype(int)  # a few at 100 %
        pairs[key] = done, due.copy()
        return done

    received = np.clip(2400 * np.exp(0.65 * random.normal(size=n)), 300, 9000).astype(int)
    procedures = random.randint(378, 397, n)
    for key in ("dossiers_synced", "e_results", "digitized", "reused", "shared_to_store", "population_dossiers"):
        draw(key, received)
    draw("published_on_time", procedures)
    updated = draw("updated_on_time", procedures)
    draw("content_complete", random.randint(updated, procedures + 1))
    draw("population_procedures", random.randint(350, 366, n))
    filed = draw("filed_online", received)
    draw("services_used", draw("services_online", procedures), most=filed // 3)

    fees = random.randint(30, 59, n)
    to_pay = (received * random.uniform(0.35, 0.75, n)).astype(int)
    paid = np.rint(to_pay * (0.05 + 0.95 * random.uniform(0, 1, n) ** 0.8)).astype(int)
    pairs["paid_online"] = paid, to_pay
    draw("procedures_paid_online", fees, least=np.minimum(paid, 1), most=paid)
    draw("procedures_integrated", fees)

    on_time = draw("on_time", received)
    petitions = random.choice(5, n, p=[0.75, 0.13, 0.07, 0.03, 0.02])
    answered = random.binomial(petitions, 0.6)
    pairs["petitions_on_time"] = answered, petitions
    pairs["petitions_satisfied"] = random.binomial(answered, 0.7), petitions.copy()
    complained = petitions + random.poisson(0.003 * received)
    pairs["dossiers_satisfied"] = on_time - complained, received.copy()
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
    )
    return baseline(edition, league).standing.modelled.copy()


def _shifted(random: np.random.RandomState, hundredths: float, by: tuple[int, int], most: float) -> float:
    """A figure moved up or down by a number of hundredths, kept within [0, most]."""
    step = random.randint(by[0], by[1] + 1) * random.choice([-1, 1])
    return float(hundredths + (step if 0 <= hundredths + step <= most else -step))


def _write(
    edition: Edition, units: Units, points: np.ndarray, score: np.ndarray, pairs: Pairs, gaps: set[tuple[int, str]]
) -> None:
    """The table, best first; points and score in hundredths, `gaps` the (unit, key) left empty."""
    keys = [key for key in columns(edition) if key in pairs]
    order = [edition.component_index[key] for key in POINTS]
    rank = ranks(score)
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
            ]
        )
        for i in np.lexsort((np.arange(len(units)), rank)):
            counts = ["" if (i, key) in gaps else int(side[i]) for key in keys for side in pairs[key]]
            table.writerow([*units[i], *map(_decimal, points[i, order]), _decimal(score[i]), int(rank[i]), *counts])


def _decimal(hundredths: float) -> str:
    return "" if np.isnan(hundredths) else f"{hundredths / 100:g}"


def _toml(value: Any) -> str:
    """A value as TOML writes it, tables inline."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(item)}" for key, item in value.items()) + " }"
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    main()
