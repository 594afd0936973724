// Controls that look the same with the focus as without, after how many were looked at. Whoever moves by keys sees the focus
// on the control itself, or on what it is drawn by beside it; on a slider's thumb, which is not looked at here.
async () => {
  const up = (node) => node.parentElement || (node.getRootNode() instanceof ShadowRoot ? node.getRootNode().host : null);
  const LOOKS = ["outlineStyle", "outlineColor", "outlineWidth", "boxShadow", "borderTopColor", "borderTopWidth", "borderBottomColor", "borderBottomWidth", "backgroundColor"];
  const controls = [];
  const walk = (root) => root.querySelectorAll("*").forEach((node) => {
    if (node.tabIndex >= 0 && node.matches("a[href], button, input, select, textarea, summary, [tabindex]") && !node.disabled && node.checkVisibility({ visibilityProperty: true })) controls.push(node);
    if (node.shadowRoot) walk(node.shadowRoot);
  });
  walk(document);
  const beside = (node) => [node, up(node), up(up(node))].flatMap((one) => [one, ...(one.children.length < 8 ? one.children : [])]);
  const look = (node) => beside(node).map((one) => {
    const style = getComputedStyle(one);
    const outline = style.outlineStyle === "none" || parseFloat(style.outlineWidth) === 0 ? [] : LOOKS.slice(0, 3);
    return [...outline, ...LOOKS.slice(3)].map((name) => style[name]).join(" ");
  }).join("\n");
  const focus = async (node) => { // from one to another: a focus that comes from nowhere need not be shown
    node.focus({ preventScroll: true });
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    for (const root of [document, node.getRootNode()]) { // what changes slowly is looked at once it has changed
      root.getAnimations().filter((one) => one instanceof CSSTransition).forEach((one) => one.finish());
    }
  };
  const shows = async (node) => {
    await focus(controls[node === controls[0] ? 1 : 0]);
    const before = look(node);
    await focus(node);
    return look(node) !== before;
  };
  const patiently = async (node) => { // a page that is still being drawn may take the focus away
    for (let n = 0; n < 5; n += 1) {
      if (await shows(node)) return true;
      await new Promise((done) => setTimeout(done, 100));
    }
    return false;
  };
  const found = [];
  let looked = 0;
  for (const node of controls) {
    if (node.type === "range") continue; // the thumb's
    const seen = await patiently(node);
    if (!node.matches(":focus")) continue; // one of a group, which hands it on to the one chosen
    looked += 1;
    if (!seen) found.push(`${node.outerHTML.slice(0, 160)} in ${up(node).outerHTML.slice(0, 60)}`);
  }
  return [looked, ...found];
}
