// The unit picker: a combobox over the league's units: typed with or without diacritics, moved through by keyboard.

const LISTED = 300; // units at most in the list at once

function unitPicker(host) {
  let units = [];
  let words = {};
  let read = readable(words);
  let shown = [];
  let active = 0;
  let current = null;
  const input = element("input", { id: "unit", type: "text", role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
    "aria-controls": "units", autocomplete: "off", spellcheck: "false" });
  const list = element("ul", { id: "units", role: "listbox", hidden: true });
  const label = element("label", { for: "unit" });
  const root = element("div", { class: "picker" }, label, element("div", { class: "combo" }, input, list));

  function open(text) {
    const wanted = foldedName(text);
    const begins = (unit) => Number(!` ${unit.folded}`.includes(` ${wanted}`)); // first those in which a word begins so
    const found = units.filter((unit) => isMeant(text, unit.code, unit.name)).sort((a, b) => begins(a) - begins(b));
    const first = Math.max(0, Math.min(found.indexOf(current) - LISTED / 2, found.length - LISTED));
    shown = found.slice(first, first + LISTED);
    active = Math.max(0, shown.indexOf(current));
    list.replaceChildren(...shown.map((unit, i) =>
      element("li", { id: `unit-${i}`, role: "option", "aria-selected": String(unit === current),
        onmousedown: (event) => event.preventDefault(), onclick: () => choose(unit) }, // a finger that swipes chooses nothing
      element("span", {}, unit.name), element("span", { class: "aside" }, unit.aside))));
    if (!shown.length) list.append(element("li", { class: "none" }, words.none_found));
    else if (found.length > LISTED) list.append(element("li", { class: "none" }, filled(words.type_more, { n: read.count(found.length - LISTED) })));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    point();
  }

  function point() {
    [...list.children].forEach((item, i) => item.classList.toggle("active", i === active));
    if (!shown.length) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", `unit-${active}`);
    return list.children[active].scrollIntoView({ block: "nearest" });
  }

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    input.value = current ? current.name : "";
  }

  function choose(unit) {
    const changed = unit !== current;
    current = unit;
    close();
    if (changed) host.act(`unit:${unit.code}`);
  }

  input.addEventListener("focus", () => { input.select(); });
  input.addEventListener("click", () => { if (list.hidden) open(""); });
  input.addEventListener("input", () => open(input.value));
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return close();
    if (event.key === "Enter" && !list.hidden) { event.preventDefault(); return shown.length ? choose(shown[active]) : close(); }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return undefined;
    event.preventDefault();
    if (list.hidden) return open("");
    active = (active + (event.key === "ArrowDown" ? 1 : -1) + shown.length) % Math.max(1, shown.length);
    return point();
  });

  return {
    root,
    update(data) {
      words = data.words;
      write(label, data.invite ? words.unit_invite : words.unit);
      list.setAttribute("aria-label", words.unit);
      input.placeholder = words.search;
      read = readable(words);
      const places = ranks(data.peers);
      const aside = (i) => (Number.isNaN(places[i]) ? words.no_rank : `${read.count(places[i])} · ${read.points(data.peers[i])}`);
      units = data.units.map(([code, name], i) => ({ code, name, aside: aside(i), folded: foldedName(name) }));
      current = units[data.at];
      if (list.hidden) close();
    },
  };
}

// The picker on a page: the same life as a panel.
function createPicker(root, host) {
  const picker = unitPicker(host);
  root.replaceChildren(picker.root);
  return { update: (data) => picker.update({ ...data, peers: data.numbers.peers.map((score) => (score === null ? NaN : score)) }), handOn() {}, destroy() {} };
}
