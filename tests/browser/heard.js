// All that a page says, seen or spoken: [[what, text, whose]], shadow roots included.
() => {
  const found = [];
  const SPOKEN = ["title", "aria-label", "placeholder", "alt", "aria-roledescription", "aria-description", "aria-valuetext", "aria-placeholder"];
  const whose = (node) => {
    for (let at = node; at; at = at.parentElement || (at.getRootNode() instanceof ShadowRoot ? at.getRootNode().host : null)) {
      const name = at.getAttribute("data-testid") || [...at.classList].find((one) => one.startsWith("st-key-"));
      if (name) return name;
    }
    return node.tagName;
  };
  const hidden = (node) => { // from who reads with the ears: so marked, or a part of a picture
    if (node.parentElement?.closest('[role="img"]')) return true;
    for (let at = node; at; at = at.parentElement || (at.getRootNode() instanceof ShadowRoot ? at.getRootNode().host : null)) if (at.getAttribute("aria-hidden") === "true") return true;
    return false;
  };
  const foreign = (node) => { // told to be in another language than its page
    const told = node.closest("[lang]");
    return told && told.tagName !== "HTML" && told.lang !== document.documentElement.lang;
  };
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const [text, at] = [node.nodeValue.replace(/\s+/g, " ").trim(), node.parentElement];
      if (!text || !at || foreign(at) || !at.checkVisibility({ visibilityProperty: true })) return;
      const icon = /Material/.test(getComputedStyle(at).fontFamily);
      if (!icon) found.push(["text", text, whose(at)]);
      else if (!hidden(at)) found.push(["icon", text, whose(at)]);
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE && node.nodeType !== Node.DOCUMENT_FRAGMENT_NODE) return;
    if (node instanceof Element) {
      if (["SCRIPT", "STYLE", "NOSCRIPT"].includes(node.tagName)) return;
      for (const name of SPOKEN) {
        const text = node.getAttribute(name);
        if (text && text.trim() && !foreign(node) && !hidden(node) && node.checkVisibility({ visibilityProperty: true })) found.push([name, text, whose(node)]);
      }
      if (node.shadowRoot) walk(node.shadowRoot);
    }
    node.childNodes.forEach(walk);
  };
  walk(document.body);
  return [["document.title", document.title, "title"], ["lang", document.documentElement.lang, "html"], ...found];
}
