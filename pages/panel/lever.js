// One row: a rate (or a component's points) with a slider, an exact entry, and what stands behind it.

const FINE = 1000; // slider steps where a rate is not counted in a few whole things
const FEW = 50; // up to this many things due, a slider counts them one by one

// How a lever's slider, its entry and its scenario value translate into each other.
function scaleOf(numbers, i) {
  const { rate, due, lower, empty } = numbers.levers[i];
  if (!empty && due > 0 && due <= FEW) {
    return { steps: due, small: 1, large: Math.max(1, Math.round(due / 5)), at: (value) => value * due, value: (step) => ({ done: step, due }) };
  }
  const low = Math.min(0, rate);
  const high = lower ? Math.max(0.1, rate) : 1;
  const digits = lower ? 1e4 : 1e3;
  return {
    steps: FINE, small: lower ? FINE / 100 : FINE / 100, large: FINE / 10,
    at: (value) => (value - low) / (high - low) * FINE,
    value: (step) => (step === 0 ? low : Math.round((low + step / FINE * (high - low)) * digits) / digits),
  };
}

// What was typed, as a scenario value; throws the words' key where it can't be used.
function entered(text, rate, due, lower = false) {
  const typed = cleaned(text);
  const short = typed.replace(/([\d%)]) \p{L}.*$/u, "$1"); // what stands below the slider may be pasted: 2.263/2.263 hồ sơ
  const bare = cleaned(short.replace(/^\((.*)\)$/, "$1")); // or (+1.000)
  const signed = /^[+-]/.test(bare);
  if (due === 0 && !bare.includes("/")) throw new Error("entry_none_due");
  const counts = plainCounts(bare) || (signed && moreDone(bare, rate, due));
  if (counts) {
    if (counts.done < 0 || counts.done > counts.due) throw new Error("entry_range");
    return counts;
  }
  const value = plainPercent(bare);
  if (Number.isNaN(value) || bare.startsWith("+")) throw new Error("entry_wrong");
  const unmarked = !bare.endsWith("%");
  const things = unmarked && short !== typed; // 12 dossiers are no 12 %
  const thousands = due > 100 && plainCount(bare) <= due && !/^\d+$/.test(bare); // 2.263 dossiers, or 2,263 %?
  if (!things && !thousands && (value < 0 || value > 1)) throw new Error("entry_range");
  const fraction = !lower && value > 0 && value < 0.01 && unmarked; // 0,985: 98,5 %, or less than one?
  if (things || thousands || fraction) throw new Error("entry_unclear");
  return value;
}

// So many things more or fewer done than now, or null where a text states no whole number of them.
function moreDone(text, rate, due) {
  const more = plainCount(text.slice(1));
  if (Number.isNaN(more)) return null;
  if (!(due > 0)) throw new Error("entry_no_counts");
  return { done: Math.round(rate * due) + (text.startsWith("+") ? more : -more), due };
}

function leverRow(key, name, on) {
  const id = `lever-${key}`;
  const slider = element("input", { id, type: "range", min: 0, step: 1 });
  const entry = element("input", { class: "entry", "aria-describedby": `${id}-wrong`, type: "text", autocomplete: "off", spellcheck: "false", enterkeyhint: "done" });
  const reset = element("button", { class: "icon", type: "button" }, "↺");
  const [gainNote, count, worth, why, wrong, mark, reach] = ["gain", "count", "worth", "why", "wrong", "mark", "reach"].map((kind) =>
    element(["mark", "reach"].includes(kind) ? "i" : "span", { class: kind, ...(kind === "wrong" ? { role: "alert", id: `${id}-wrong` } : {}) }));
  const label = element("label", { for: id });
  const root = element("div", { class: "lever", "data-lever": key },
    element("div", { class: "top" }, label, gainNote),
    element("div", { class: "control" }, element("div", { class: "track" }, reach, mark, slider), entry, reset),
    element("div", { class: "foot" }, count, worth, why, wrong));

  let scale = null;
  let large = 1;
  let painted = ""; // the figures that stand here
  const slide = (step) => {
    slider.value = clamped(step, 0, scale.steps); // at once: the next key may come before the next frame
    on.set(scale.value(Number(slider.value)));
  };
  // A finger that lands on a slider to scroll the page has supposed nothing: the browser takes the pointer back.
  let touched;
  slider.addEventListener("pointerdown", () => { touched = on.value(); });
  slider.addEventListener("pointercancel", () => { on.set(touched); on.release(); });
  slider.addEventListener("input", () => { on.set(scale.value(Number(slider.value))); on.pause(); });
  slider.addEventListener("change", on.release);
  slider.addEventListener("keydown", (event) => {
    const fine = event.shiftKey ? 1 : scale.small;
    const [now, grid] = [Number(slider.value), event.shiftKey ? 1 : scale.small];
    const up = Math.floor(now / grid) * grid + fine;
    const down = Math.ceil(now / grid) * grid - fine;
    const step = { ArrowRight: up, ArrowUp: up, ArrowLeft: down, ArrowDown: down, PageUp: now + large, PageDown: now - large,
      Home: 0, End: scale.steps }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    slide(step);
    on.pause();
  });
  slider.addEventListener("keyup", on.release);
  slider.addEventListener("blur", on.release);
  reset.addEventListener("click", () => { on.set(undefined); on.release(); slider.focus(); });
  const right = () => {
    show(wrong, false);
    entry.removeAttribute("aria-invalid");
  };
  const take = () => {
    if (entry.value === entry.dataset.shown) return;
    try {
      on.set(entry.value.trim() ? on.entered(entry.value) : undefined);
      entry.dataset.shown = entry.value; // taken: the change event that follows Enter takes it no second time
      right();
      on.release();
    } catch (problem) {
      write(wrong, on.complaint(problem.message, entry.value));
      show(wrong, true);
      entry.setAttribute("aria-invalid", "true");
    }
  };
  entry.addEventListener("change", take);
  entry.addEventListener("focus", () => entry.select());
  entry.addEventListener("keydown", (event) => {
    if (event.key === "Enter") take();
    if (event.key === "Escape") { entry.value = entry.dataset.shown; right(); }
  });
  show(wrong, false);

  return {
    root, name,
    // Words and range, when the unit or the language changes.
    prepare(newScale, text) {
      scale = newScale;
      large = scale.large;
      painted = "";
      slider.max = scale.steps;
      write(label, text.label);
      if (text.spoken) slider.setAttribute("aria-label", text.spoken);
      entry.setAttribute("aria-label", text.entry);
      reset.setAttribute("aria-label", text.reset);
      reset.title = text.reset;
      mark.title = text.published;
      mark.style.setProperty("--at", text.publishedAt);
      show(reach, Boolean(text.reach));
      if (text.reach) {
        reach.style.setProperty("--from", clamped(scale.at(text.reach[0]) / scale.steps, 0, 1));
        reach.style.setProperty("--to", clamped(scale.at(text.reach[1]) / scale.steps, 0, 1));
        slider.title = text.reachTitle;
      }
      show(wrong, false);
    },
    // The figures of this frame.
    paint(now) {
      const at = clamped(scale.at(now.value), 0, scale.steps);
      const told = JSON.stringify(now);
      if (told === painted && Number(slider.value) === at && entry.value === entry.dataset.shown) return; // as most levers in most frames
      painted = told;
      slider.value = at;
      slider.style.setProperty("--at", at / scale.steps);
      slider.setAttribute("aria-valuetext", now.spoken);
      if (now.disabled && slider.getRootNode().activeElement === slider) entry.focus(); // or the focus would be lost
      slider.disabled = now.disabled;
      const focused = entry.getRootNode().activeElement === entry;
      const typing = focused && entry.value !== entry.dataset.shown; // what is not taken yet is not written over
      if (!typing && entry.value !== now.shown) {
        entry.value = now.shown;
        right();
        if (focused) entry.select(); // what is typed next takes its place
      }
      if (!typing) entry.dataset.shown = now.shown;
      write(gainNote, now.gain);
      write(count, now.count);
      write(worth, now.worth);
      write(why, now.why);
      root.classList.toggle("moved", now.moved);
      reset.disabled = !now.moved;
    },
  };
}
