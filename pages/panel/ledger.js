// How the score comes about: every criterion's rate, target and points, as published and as supposed.

function paintLedger(root, { numbers, before, after, scenario, words, read, names, lines }) {
  const rates = [{}, scenario].map((supposed) => ratesShown(numbers, resolved(numbers, supposed)));
  const percent = (rate) => (Number.isNaN(rate) ? "–" : read.percent(rate));
  const { points } = read;
  const row = (kind, name, cells) => element("tr", { class: kind }, element("th", { scope: "row" }, name), ...cells.map((text) => element("td", {}, text)));
  const body = numbers.components.flatMap((component, k) => [
    row("component", names[component.key], ["", "", "", read.short(component.max / 100), points(before.components[k]), points(after.components[k]), ""]),
    ...numbers.criteria.map((criterion, i) => i).filter((i) => numbers.criteria[i].component === k).map((i) => {
      const { key, target, max } = numbers.criteria[i];
      return row("criterion", `${lines[key][0]} ${names[key]}`, [percent(rates[0][i]), percent(rates[1][i]), read.percent(target), read.short(max),
        points(before.criteria[i]), points(after.criteria[i]), lines[key][1]]);
    }),
  ]);
  if (numbers.held) body.push(row("sum", words.held_line, ["", "", "", "", read.signed(numbers.held), read.signed(numbers.held), ""]));
  body.push(row("sum", words.total, ["", "", "", "", points(before.score), points(after.score), ""]));
  root.replaceChildren(element("table", {}, element("thead", {}, element("tr", {}, ...words.columns.map((text) => element("th", { scope: "col" }, text)))),
    element("tbody", {}, ...body)));
}

// Criteria's rates, NaN where there is none to show: of nothing due, or assumed rather than published.
function ratesShown(numbers, { levers, due }) {
  const none = (i) => due[i] === 0 || numbers.levers[i].fixed === "assumed";
  return criterionRates(numbers, levers).map((rate, j) => (numbers.criteria[j].rate.some(([i]) => none(i)) ? NaN : rate));
}
