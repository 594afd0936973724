// What is wrong with how a page is laid out, [[what, whose]], shadow roots included: texts cut off, controls that lie over
// one another, and what reaches beyond the screen where nothing rolls.
() => {
  const found = [];
  const up = (node) => node.parentElement || (node.getRootNode() instanceof ShadowRoot ? node.getRootNode().host : null);
  const above = (node) => { const all = []; for (let at = up(node); at; at = up(at)) all.push(at); return all; };
  const whose = (node) => {
    const key = [node, ...above(node)].flatMap((one) => [...one.classList]).find((one) => one.startsWith("st-key-")) || "";
    return `${key} ${node.tagName}.${node.getAttribute("class") || node.dataset.testid || ""} ${(node.getAttribute("aria-label") || node.textContent || node.value || "").trim().replace(/\s+/g, " ").slice(0, 60)}`;
  };
  const rolls = (style, axis) => ["auto", "scroll"].includes(style[`overflow${axis}`]);
  const cuts = (style, axis) => ["hidden", "clip"].includes(style[`overflow${axis}`]);
  const unseen = (node) => node.inert || getComputedStyle(node).clipPath.startsWith("inset(50%") // for those who listen
    || (node.getClientRects().length > 0 && node.getBoundingClientRect().width <= 2);
  const shown = (node) => node.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && ![node, ...above(node)].some(unseen);
  const nodes = [];
  const walk = (root) => root.querySelectorAll("*").forEach((node) => {
    nodes.push(node);
    if (node.shadowRoot) walk(node.shadowRoot);
  });
  walk(document);

  // a box, as far as what it lies in lets it be seen; where it can be rolled to, as far as it could be
  const plain = (text) => text.replace(/\s+/g, " ").trim();
  const told = (node, text) => [node, ...above(node)].some((one) => plain(`${one.title} ${one.getAttribute("aria-label")}`).includes(plain(text)));
  for (const node of nodes) {
    const texts = [...node.childNodes].filter((one) => one.nodeType === Node.TEXT_NODE && one.nodeValue.trim());
    if (!texts.length || ["SCRIPT", "STYLE", "NOSCRIPT", "OPTION", "TITLE"].includes(node.tagName) || node.closest("svg") || /Material/.test(getComputedStyle(node).fontFamily) || !shown(node)) continue;
    for (const text of texts) {
      const range = document.createRange();
      range.selectNodeContents(text);
      const boxes = [...range.getClientRects()];
      let [left, right] = [Math.min(...boxes.map((one) => one.left)), Math.max(...boxes.map((one) => one.right))];
      let [top, bottom] = [Math.min(...boxes.map((one) => one.top)), Math.max(...boxes.map((one) => one.bottom))];
      const slack = (bottom - top) / Math.max(1, boxes.length) * 0.2;
      for (const one of [node, ...above(node)]) {
        const [box, style] = [one.getBoundingClientRect(), getComputedStyle(one)];
        if (style.display === "inline" || one === document.body || one === document.documentElement) continue;
        if (rolls(style, "X")) [left, right] = [box.left, box.right];
        if (rolls(style, "Y")) [top, bottom] = [box.top, box.bottom];
        const dots = style.textOverflow === "ellipsis" && (told(one, text.nodeValue) || one.closest(".st-key-about")); // whole in the box beside it
        if (cuts(style, "X") && !dots && (left < box.left - 1 || right > box.right + 1)) { found.push(["cut off", `${whose(node)} | ${Math.round(right - box.right)} by ${whose(one)}`]); break; }
        if (cuts(style, "Y") && (top < box.top - slack || bottom > box.bottom + slack)) { found.push(["cut off below", `${whose(node)} | ${Math.round(bottom - box.bottom)} ${Math.round(box.top - top)} by ${whose(one)}`]); break; }
        if (style.position === "fixed") break;
      }
    }
  }

  for (const node of nodes) if (node.matches("input:not([type=range])") && node.value && shown(node) && getComputedStyle(node).textOverflow !== "ellipsis" && node.scrollWidth > node.clientWidth + 1) found.push(["cut off", whose(node)]);

  const CONTROLS = "a[href], button, input, select, textarea, summary, [tabindex='0'], [role=button], [role=radio], [role=tab], [role=option], [role=combobox]";
  const controls = nodes.filter((node) => node.matches(CONTROLS) && shown(node) && !node.disabled);
  const layer = (node) => [node, ...above(node)].find((one) => ["fixed", "sticky"].includes(getComputedStyle(one).position)) || null;
  const seen = controls.map((node) => {
    let { left, right, top, bottom } = node.getBoundingClientRect();
    for (const one of above(node)) {
      const [box, style] = [one.getBoundingClientRect(), getComputedStyle(one)];
      if (one === document.body || one === document.documentElement || style.display === "inline" || style.display === "contents") continue;
      if (rolls(style, "X") || cuts(style, "X")) [left, right] = [Math.max(left, box.left), Math.min(right, box.right)];
      if (rolls(style, "Y") || cuts(style, "Y")) [top, bottom] = [Math.max(top, box.top), Math.min(bottom, box.bottom)];
    }
    return { node, left, right, top, bottom, layer: layer(node) };
  }).filter((one) => one.right - one.left > 2 && one.bottom - one.top > 2);
  seen.forEach((one, i) => seen.slice(i + 1).forEach((other) => {
    if (one.layer !== other.layer || above(one.node).includes(other.node) || above(other.node).includes(one.node)) return;
    const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
    const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
    if (wide > 1 && high > 1) found.push(["overlap", `${whose(one.node)} | ${whose(other.node)} | ${Math.round(wide)}x${Math.round(high)}`]);
  }));

  if (document.documentElement.scrollWidth > innerWidth) found.push(["wider than the screen", String(document.documentElement.scrollWidth)]);
  for (const { node, right } of seen) if (right > innerWidth + 1) found.push(["beyond the screen", whose(node)]);
  for (const node of nodes) if (node.matches(".stMain, [data-testid=stAppViewContainer], .stApp") && node.scrollWidth > node.clientWidth + 1) found.push(["rolls sideways", whose(node)]);
  return found;
}
