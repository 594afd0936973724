// What road.js makes of scenarios, in the form in which panel_figures.py works out what the engine does; NaN as null.

function evaluated(numbers, scenarios) {
  const bare = (value) => Number.isNaN(value) ? null : value;
  return scenarios.map((scenario) => {
    const now = resolved(numbers, scenario);
    const { criteria, components, score } = standing(numbers, now);
    const { place, tied, above, next } = placed(numbers, score);
    const { band } = banded(numbers, score);
    const { overtaken, overtakenBy } = passed(numbers, baseline(numbers).score, score);
    return { criteria: criteria.map(bare), components: components.map(bare), score: bare(score),
      rank: bare(place), tied, next,
      overtaken: overtaken.sort((a, b) => a - b), overtakenBy: overtakenBy.sort((a, b) => a - b),
      gap: bare(above - score), band: band ? band.key : null, levers: now.levers.map(bare),
      unknown: unknownChanges(numbers, now),
      why: numbers.levers.map((lever, i) => hindrance(numbers, now, i)) };
  });
}
