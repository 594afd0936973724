// A table that is read or edited: sorted by its heads, turned in pages, copied and saved; a list of cards where it is narrow.

const [PAGE, CARDS, NARROW] = [100, 10, 640]; // rows at once, on a screen no wider than so many pixels
const EMPTY = new Set(["", "–"]);

// What a text is worth among its column's: a number or a day as its language writes it, NaN for any other.
function worth(text, { decimal, thousands }) {
  const day = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  if (day) return Date.UTC(Number(day[3]), Number(day[2]) - 1, Number(day[1]));
  const bare = text.replace(/[\s%]/g, "").replaceAll(thousands, "").replace(decimal, ".").replace("−", "-");
  return /^[+-]?(0|[1-9]\d*)(\.\d+)?$/.test(bare) ? Number(bare) : NaN;
}

// The order of rows by a column, 1 up or -1 down; what is empty comes last either way, the last so many rows stay there.
function ordered(rows, column, direction, marks, last = 0) {
  const order = rows.map((_, i) => i);
  if (column < 0) return order;
  const values = rows.map((row) => worth(row[column], marks));
  const compared = (a, b) => (Number.isNaN(values[a]) || Number.isNaN(values[b]) ? rows[a][column].localeCompare(rows[b][column], "vi", { numeric: true }) : values[a] - values[b]);
  const empty = (i) => Number(EMPTY.has(rows[i][column]));
  const sorted = order.slice(0, rows.length - last).sort((a, b) => empty(a) - empty(b) || direction * compared(a, b) || a - b);
  return [...sorted, ...order.slice(rows.length - last)];
}

// A block as spreadsheets put it on the clipboard: lines of cells between tabs, a cell with either between quotes.
function pastedBlock(text) {
  const rows = [[]];
  for (const [, quoted, bare = "", end] of text.replace(/\r\n?/g, "\n").matchAll(/(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/g)) {
    rows.at(-1).push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === "\n") rows.push([]);
    if (!end) break;
  }
  return rows.at(-1).join("") ? rows : rows.slice(0, -1);
}

// Rows as a spreadsheet takes them, cells apart by a mark.
function separated(rows, mark) {
  const cell = (text) => (/["\n\r]/.test(text) || text.includes(mark) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(cell).join(mark)).join("\r\n");
}

function createTable(root, host) {
  let [given, order, sorted, first] = [null, [], { column: -1, direction: 1 }, 0];
  const drafts = new Map(); // what is typed and not yet handed on, by cell
  const caption = element("caption");
  const head = element("tr", { role: "row" });
  const body = element("tbody", { role: "rowgroup" });
  const table = element("table", { role: "table" }, caption, element("thead", { role: "rowgroup" }, head), body);
  const scroller = element("div", { class: "scroller", role: "region", tabindex: 0 }, table);
  const by = element("select", { id: "sorting", onchange: () => sort(Number(by.value), 1) });
  const turned = element("button", { class: "icon", type: "button", onclick: () => sort(sorted.column, -sorted.direction) }, "⇅");
  const byLabel = element("label", { for: "sorting" });
  const sorting = element("div", { class: "sorting" }, byLabel, by, turned);
  const place = element("span", { class: "place" });
  const turn = (sign, pages) => element("button", { class: "icon", type: "button", onclick: () => { first += pages * size(); paint(); scroller.scrollTop = 0; } }, sign);
  const [before, after] = [turn("‹", -1), turn("›", 1)];
  const tool = (run) => element("button", { class: "tool", type: "button", onclick: run });
  const [copy, save] = [tool(copied), tool(saved)];
  const news = element("span", { class: "news", role: "status" });
  root.replaceChildren(element("div", { class: "sheet" }, sorting, scroller,
    element("div", { class: "turning" }, before, place, after, news, copy, save)));

  // How tall the head is, below which a pinned row stays: known once it is laid out, and anew where it wraps.
  const tall = window.ResizeObserver && new ResizeObserver(() => scroller.style.setProperty("--head", `${head.offsetHeight}px`));
  if (tall) tall.observe(table);

  const size = () => (window.innerWidth <= NARROW ? CARDS : PAGE);
  const cellKey = (row, column) => `${row}/${column}`;
  const active = () => root.getRootNode().activeElement;

  function sort(column, direction) {
    sorted = { column, direction };
    order = ordered(given.rows, column, direction, given.words, given.last);
    first = 0;
    paint();
  }

  // A head's next order: up, down, as it came.
  function sortBy(column) {
    if (sorted.column !== column) sort(column, 1);
    else if (sorted.direction === 1) sort(column, -1);
    else sort(-1, 1);
  }

  function paintHead() {
    const label = (column, i) => (given.fixed ? column.head : element("button", { type: "button", onclick: () => sortBy(i) }, column.head));
    head.replaceChildren(...given.columns.map((column, i) => element("th", { scope: "col", role: "columnheader", class: column.numeric ? "number" : "",
      "aria-sort": sorted.column !== i ? null : sorted.direction === 1 ? "ascending" : "descending" }, label(column, i))));
  }

  function paint() {
    const focused = active() && active().dataset ? active().dataset.cell : undefined;
    const at = head.contains(active()) ? [...head.children].findIndex((cell) => cell.contains(active())) : -1;
    paintHead();
    first = Math.max(0, Math.min(first, order.length - 1));
    const shown = order.slice(first, first + size());
    const row = (i) => rowOf(given.rows[i], i);
    const below = given.own && (window.innerWidth <= NARROW || !shown.includes(given.mine)); // our own row stands first where it is not in sight below
    body.replaceChildren(...(below ? [rowOf(given.own, given.mine)] : []), ...shown.map(row));
    const pages = order.length > size();
    write(place, filled(given.words.rows, { low: given.words.count(first + 1), high: given.words.count(first + shown.length), n: given.words.count(order.length) }));
    [before, place, after].forEach((node) => show(node, pages));
    [sorting, copy, save].forEach((node) => show(node, !given.fixed));
    before.disabled = first === 0;
    after.disabled = first + size() >= order.length;
    by.value = String(sorted.column);
    turned.disabled = sorted.column < 0;
    if (focused) focusOn(focused);
    if (at >= 0) head.children[at].querySelector("button").focus();
  }

  // A row of the table; our own may be none of those that are left, and always stays in sight where it is pinned.
  function rowOf(texts, i) {
    const mine = i === given.mine;
    const tone = given.tones ? ` tone ${given.tones[i]}` : "";
    return element("tr", { role: "row", class: (mine ? given.own ? "mine pinned" : "mine" : i >= given.rows.length - (given.last || 0) ? "last" : "") + tone, "aria-current": mine && "true" },
      ...given.columns.map((column, k) => {
        const heads = k === given.header;
        return element(heads ? "th" : "td", { scope: heads && "row", role: heads ? "rowheader" : "cell", "data-head": column.head, class: column.numeric ? "number" : "" },
          ...content(texts[k], i, k, mine && heads));
      }));
  }

  function content(text, i, k, mine) {
    const column = given.columns[k];
    if (!column.edit) return [mine ? element("span", {}, element("i", { "aria-hidden": "true" }, "▶ "), text) : text];
    const id = cellKey(given.keys[i], column.key);
    const wrong = (given.wrong || {})[id];
    const about = { "data-cell": id, "aria-label": `${column.head}, ${given.rows[i][given.header]}`, "aria-invalid": wrong ? "true" : null, "aria-describedby": wrong ? `wrong-${id}` : null };
    return [entry(column, about, drafts.has(id) ? drafts.get(id) : wrong ? wrong[0] : text),
      ...(wrong ? [element("span", { class: "wrong", id: `wrong-${id}`, role: "alert" }, wrong[1])] : [])];
  }

  function entry(column, about, text) {
    if (column.edit === "check") return Object.assign(element("input", { ...about, type: "checkbox" }), { checked: text === "1" });
    if (column.edit === "choice") {
      const options = column.options.map(([key, label]) => element("option", { value: key }, label));
      return Object.assign(element("select", about, ...options), { value: text });
    }
    return Object.assign(element("input", { ...about, type: "text", autocomplete: "off", spellcheck: "false", inputmode: "decimal" }), { value: text });
  }

  function focusOn(cell) {
    const node = /** @type {HTMLInputElement} */ ([...body.querySelectorAll("[data-cell]")].find((one) => one.dataset.cell === cell));
    if (node) node.focus();
    if (node && node.type === "text" && !drafts.has(cell)) node.select();
  }

  const stated = (node) => (node.type === "checkbox" ? String(Number(node.checked)) : node.value);
  const placed = (cell) => {
    const i = given.keys.findIndex((key) => cell.startsWith(`${key}/`) && given.columns.some((column) => cellKey(key, column.key) === cell));
    return [i, given.columns.findIndex((column) => cellKey(given.keys[i], column.key) === cell)];
  };

  // Cells handed on, and shown as they will be read, each at its place; what lies outside the table is said.
  function hand(cells) {
    cells.forEach(([row_, column, text]) => { drafts.delete(cellKey(row_, column)); given.rows[given.keys.indexOf(row_)][given.columns.findIndex((one) => one.key === column)] = text; });
    host.edited(cells);
  }

  body.addEventListener("input", ({ target }) => { if (target.dataset.cell && target.type === "text") drafts.set(target.dataset.cell, target.value); });
  body.addEventListener("change", ({ target }) => {
    if (!target.dataset.cell) return;
    const [i, k] = placed(target.dataset.cell);
    hand([[given.keys[i], given.columns[k].key, stated(target)]]);
  });
  body.addEventListener("paste", (event) => {
    const block = pastedBlock(event.clipboardData.getData("text"));
    if (!event.target.dataset.cell || block.length < 2 && (block[0] || []).length < 2) return;
    event.preventDefault();
    const [i, k] = placed(event.target.dataset.cell);
    const from = order.indexOf(i);
    const cells = block.flatMap((line, down) => line.map((text, right) => [order[from + down], given.columns[k + right], text]));
    const inside = cells.filter(([at, column]) => at !== undefined && column && column.edit);
    write(news, filled(given.words.pasted, { n: given.words.count(inside.length) }) + (inside.length < cells.length ? ` ${filled(given.words.outside, { n: given.words.count(cells.length - inside.length) })}` : ""));
    hand(inside.map(([at, column, text]) => [given.keys[at], column.key, meant(column, text.trim())]));
    paint();
  });
  // A choice by its name.
  const meant = (column, text) => ((column.options || []).find(([, label]) => label.toLowerCase() === text.toLowerCase()) || [text])[0];

  body.addEventListener("keydown", (event) => {
    const node = event.target;
    if (!node.dataset.cell) return;
    const [i, k] = placed(node.dataset.cell);
    const text = node.type === "text";
    const down = { Enter: event.shiftKey ? -1 : 1, ArrowDown: text ? 1 : 0, ArrowUp: text ? -1 : 0 }[event.key];
    const next = order[order.indexOf(i) + (down || 0)];
    if (down && next !== undefined) {
      event.preventDefault();
      turnTo(next);
      focusOn(cellKey(given.keys[next], given.columns[k].key));
    } else if (event.key === "Enter" && text) {
      node.blur();
      node.focus();
    } else if (event.key.toLowerCase() === "d" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      const above = order[order.indexOf(i) - 1];
      if (above !== undefined) hand([[given.keys[i], given.columns[k].key, given.rows[above][k]]]);
      paint();
    } else if (event.key === "Escape" && drafts.delete(node.dataset.cell)) paint();
  });

  function turnTo(i) {
    const at = order.indexOf(i);
    if (at >= first && at < first + size()) return;
    first = Math.floor(at / size()) * size();
    paint();
  }

  function readableRows() {
    const said = (row_) => row_.map((text, k) => (((given.columns[k].options || []).find(([key]) => key === text) || [, text])[1]));
    return [given.columns.map((column) => column.head), ...order.map((i) => said(given.rows[i]))];
  }

  async function copied() {
    const text = separated(readableRows(), "\t");
    try {
      await navigator.clipboard.writeText(text);
    } catch { // no clipboard where a page comes over plain http
      const area = element("textarea", { class: "unseen", "aria-hidden": "true" }, text);
      root.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    write(news, given.words.copied);
  }

  function saved() {
    const text = separated(readableRows(), given.words.decimal === "," ? ";" : ",");
    const url = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" }));
    element("a", { href: url, download: `${given.file}.csv` }).click();
    URL.revokeObjectURL(url);
  }

  return {
    update(data) {
      const columns = JSON.stringify(data.columns);
      const same = given && given.heads === columns;
      const words = { ...data.words, count: readable(data.words).count };
      const all = data.own ? [data.own, ...data.rows] : data.rows;
      const numeric = (k) => data.columns[k].edit !== "choice" && data.columns[k].edit !== "check" && all.some((row_) => !EMPTY.has(row_[k])) && all.every((row_) => EMPTY.has(row_[k]) || !Number.isNaN(worth(row_[k], words)));
      given = { ...data, words, heads: columns, keys: data.keys || data.rows.map((_, i) => String(i)), columns: data.columns.map((column, k) => ({ ...column, numeric: numeric(k) })) };
      given.header = Math.max(0, given.columns.findIndex((column) => !column.numeric && !column.edit));
      if (!same) sorted = { column: -1, direction: 1 };
      order = ordered(given.rows, sorted.column, sorted.direction, words, given.last);
      write(caption, data.caption);
      caption.classList.toggle("unseen", !data.titled);
      scroller.setAttribute("aria-label", data.caption);
      scroller.style.maxHeight = data.height ? `${data.height}px` : "";
      table.classList.toggle("wide", data.columns.length > 3);
      write(byLabel, words.sort_by);
      by.replaceChildren(...[[-1, words.as_it_came], ...given.columns.map((column, i) => [i, column.head])].map(([value, text]) => element("option", { value }, text)));
      [[turned, words.turn_round], [before, words.rows_before], [after, words.rows_after]].forEach(([node, text]) => { node.setAttribute("aria-label", text); node.title = text; });
      write(copy, words.copy);
      write(save, words.save);
      paint();
      if (data.reached) scroller.focus(); // what was pressed to come here is gone
    },
    destroy() {
      if (tall) tall.disconnect();
      root.replaceChildren();
    },
  };
}
