"""The letterhead: who issues a paper, where and when, and who signs it; what is not stated is as usual or blank."""

from dataclasses import dataclass
from datetime import date

from model.report.sentence import named
from model.score.baseline import Baseline
from model.words.texts import Words

BLANK = "…………"
_COMMITTEES = ("commune", "province")  # levels whose units have a people's committee


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """What a paper's head and foot state, as the reader gave it; empty means as usual."""

    day: date
    parent: str = ""
    agency: str = ""
    number: str = ""
    place: str = ""
    title: str = ""
    signer: str = ""
    recipients: tuple[str, ...] = ()

    def issuer(self, base: Baseline, unit: int, t: Words) -> str:
        """The agency's name."""
        name = named(base, unit, t)
        return self.agency or (t("paper.committee", unit=name) if base.league.level in _COMMITTEES else name)

    def numbered(self, base: Baseline, kind: str, t: Words) -> str:
        """The number with the symbol of its kind of paper."""
        committee = t("paper.symbol_committee") if base.league.level in _COMMITTEES else ""
        return f"{self.number or BLANK}/{t(f'paper.symbol_{kind}')}{committee}"

    def dated(self, base: Baseline, unit: int, t: Words) -> str:
        """Place and day."""
        kind, _, rest = base.league.names[unit].partition(" ")
        own = rest if kind.lower() in t("paper.kinds").splitlines() else base.league.names[unit]
        months = t.texts.get("months")
        month = months[self.day.month - 1] if months else f"{self.day.month:0{2 if self.day.month < 3 else 1}}"
        day = f"{self.day.day:02}" if t.language == "vi" else str(self.day.day)
        return t("paper.dated", place=self.place or own, day=day, month=month, year=self.day.year)

    def signed(self, base: Baseline, t: Words) -> list[str]:
        """The lines above the signature: on whose behalf, and the signer's title."""
        if self.title:
            return [self.title]
        committee = base.league.level in _COMMITTEES
        return t("paper.signs" if committee else "paper.signs_head").splitlines()

    def to(self, t: Words) -> list[str]:
        """Who gets the paper."""
        return [*self.recipients] or t("paper.recipients").splitlines()
