// A month's days to pick one from: beside a field for a date. Days are ISO texts (2026-12-31), which sort as dates do.

const DAY = 864e5; // milliseconds

function isoDay(moment) {
  return new Date(moment).toISOString().slice(0, 10);
}

// A day so many days or months away, the last of a month where that has no such day.
function dayAway(day, days, months = 0) {
  const [year, month, date] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return isoDay(Date.UTC(year, month - 1 + months, Math.min(date, last)) + days * DAY);
}

// The six weeks from the Monday on or before a month's first day.
function weeksOf(day) {
  const first = `${day.slice(0, 8)}01`;
  const monday = dayAway(first, -((new Date(first).getUTCDay() + 6) % 7));
  return Array.from({ length: 6 }, (_, week) => Array.from({ length: 7 }, (_, i) => dayAway(monday, 7 * week + i)));
}

function calendar(on) {
  const step = (sign, months) => element("button", { class: "icon", type: "button", onclick: () => go(dayAway(active, 0, months)) }, sign);
  const [earlier, later] = [step("‹", -1), step("›", 1)];
  const title = element("strong", { "aria-live": "polite" });
  const head = element("tr");
  const body = element("tbody");
  const root = element("div", { class: "calendar", role: "dialog", hidden: true },
    element("div", { class: "month" }, earlier, title, later), element("table", { role: "grid" }, element("thead", {}, head), body));
  let active = "";
  let painting = false; // days that are drawn anew lose the focus, and are not left
  let /** @type {any} */ given = {};

  const name = (day) => {
    const [year, month, date] = day.split("-").map(Number);
    return filled(given.words.day, { day: date, month: given.words.months[month - 1], year });
  };
  const within = (day) => (day < given.low ? given.low : day > given.high ? given.high : day);
  const cell = (day) => element("td", {}, element("button", { type: "button", "data-day": day, "aria-label": name(day), tabindex: day === active ? 0 : -1,
    disabled: day < given.low || day > given.high, class: day.slice(0, 7) === active.slice(0, 7) ? "" : "other",
    "aria-current": day === given.at && "date", onclick: () => on.picked(day) }, String(Number(day.slice(8)))));

  function go(day, focus = false) {
    active = within(day);
    const [year, month] = active.split("-").map(Number);
    write(title, filled(given.words.month, { month: given.words.months[month - 1], year }));
    painting = true;
    body.replaceChildren(...weeksOf(active).map((week) => element("tr", {}, ...week.map(cell))));
    painting = false;
    if (focus) /** @type {HTMLElement} */ (body.querySelector('[tabindex="0"]')).focus();
  }

  body.addEventListener("keydown", (event) => {
    const away = { ArrowLeft: [-1], ArrowRight: [1], ArrowUp: [-7], ArrowDown: [7], PageUp: [0, -1], PageDown: [0, 1] }[event.key];
    if (!away) return;
    event.preventDefault();
    go(dayAway(active, ...away), true);
  });
  root.addEventListener("keydown", (event) => { if (event.key === "Escape") on.left(); });
  root.addEventListener("focusout", (event) => { if (!painting && !root.contains(/** @type {Node} */ (event.relatedTarget))) show(root, false); });

  return {
    root,
    open(data) {
      given = data;
      root.setAttribute("aria-label", data.words.pick_day);
      earlier.setAttribute("aria-label", data.words.month_before);
      later.setAttribute("aria-label", data.words.month_after);
      head.replaceChildren(...data.words.weekdays.map((day) => element("th", { scope: "col" }, day)));
      show(root, true);
      go(data.at, true);
    },
  };
}
