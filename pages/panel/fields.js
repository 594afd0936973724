// Fields that are typed into: numbers, dates and texts, alone or as a form with its button. What stands in them is read by
// Python, which answers or refuses it; here it is kept as typed, with what is wrong with it beside it.

function typedField(key, kind, on) {
  const id = `field-${key}`;
  const box = element(kind === "long" ? "textarea" : "input", { id, autocomplete: "off", spellcheck: "false", "aria-describedby": `${id}-hint ${id}-wrong`,
    ...(kind === "long" ? { rows: 4 } : { type: "text", enterkeyhint: "done", inputmode: kind === "number" ? "decimal" : "text" }) });
  const [label, unit] = [element("label", { for: id }), element("span", { class: "unit" })];
  const hint = element("p", { class: "hint", id: `${id}-hint`, hidden: true });
  const about = element("button", { class: "about", type: "button", "aria-expanded": "false", "aria-controls": `${id}-hint`,
    onclick: () => { show(hint, hint.hidden); about.setAttribute("aria-expanded", String(!hint.hidden)); } }, "?");
  const wrong = element("p", { class: "wrong", id: `${id}-wrong`, role: "alert" });
  const days = calendar({ picked: (day) => { put(day); close(); take(); }, left: () => close() });
  const pick = element("button", { class: "pick", type: "button", "aria-haspopup": "dialog",
    onmousedown: (event) => event.preventDefault(), // the calendar keeps the focus until it is closed
    onclick: () => (days.root.hidden ? days.open({ ...given, at: given.day }) : close()) }, "▾");
  const head = element("div", { class: "head" }, label);
  const root = element("div", { class: `field ${kind}`, "data-field": key }, head,
    element("div", { class: "box" }, box, unit, ...(kind === "date" ? [pick, days.root] : [])), element("div", { class: "foot" }, hint, wrong));
  let shown = "";
  let /** @type {any} */ given = {};

  const put = (day) => { box.value = day.split("-").reverse().join("/"); };
  const close = () => { show(days.root, false); pick.focus(); };
  function take() {
    if (box.value === shown) return;
    shown = box.value; // taken: the change event that follows Enter takes it no second time
    on.typed(key, shown);
  }
  box.addEventListener("change", () => { if (!given.together) take(); });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && kind !== "long" && !given.together) take();
    if (event.key === "Escape") box.value = shown;
  });

  return {
    root,
    focus: () => box.focus(),
    // What stands in the field, from now on taken as handed on.
    handOn() {
      shown = box.value;
      return shown;
    },
    update(data) {
      given = data;
      write(label, data.label);
      write(unit, data.unit || "");
      write(hint, data.hint || "");
      if (data.hint) head.append(about);
      else about.remove();
      if (!data.hint) show(hint, false);
      about.setAttribute("aria-label", filled(data.words.about, { label: data.label }));
      pick.setAttribute("aria-label", filled(data.words.pick_for, { label: data.label }));
      write(wrong, data.wrong || "");
      if (data.wrong) box.setAttribute("aria-invalid", "true");
      else box.removeAttribute("aria-invalid");
      label.classList.toggle("unseen", Boolean(data.bare));
      box.placeholder = data.placeholder || "";
      if (data.most) box.maxLength = data.most;
      if (box.value === shown) box.value = data.value; // what is being typed is not written over
      shown = data.value;
    },
  };
}

function createFields(root, host) {
  const fields = new Map();
  let answered = 0; // which answer of Python's is shown
  const grid = element("div", { class: "grid" });
  const send = element("button", { class: "send", type: "submit" });
  const form = element("form", { class: "fields", novalidate: true, autocomplete: "off", onsubmit: (event) => {
    event.preventDefault();
    if (!send.hidden) host.sent(Object.fromEntries([...fields].map(([key, field]) => [key, field.handOn()])));
  } }, grid, send);
  root.replaceChildren(form);

  return {
    update({ fields: given, send: word = "", round, words }) {
      for (const key of [...fields.keys()].filter((one) => !given.some((data) => data.key === one))) {
        fields.get(key).root.remove();
        fields.delete(key);
      }
      given.forEach((data, i) => {
        if (!fields.has(data.key)) fields.set(data.key, typedField(data.key, data.kind, { typed: host.typed }));
        const field = fields.get(data.key);
        if (grid.children[i] !== field.root) grid.insertBefore(field.root, grid.children[i] || null);
        field.update({ ...data, words, together: Boolean(word) });
      });
      write(send, word);
      show(send, Boolean(word));
      const refused = given.find((data) => data.wrong);
      if (word && refused && round > answered) fields.get(refused.key).focus();
      answered = round;
    },
    destroy() { root.replaceChildren(); },
  };
}
