// What the simulator in a frame and the app that takes its place have to do with each other.

/** Whether a word of a link is among those named; a name that ends with a dot stands for all that begin with it. */
function among(word, names) {
  return names.some((name) => (name.endsWith(".") ? word.startsWith(name) : word === name));
}

/** The page's link with what was supposed in the frame; what the frame can't show stays as it stood. */
function carried(link, ofFrame, beyond) {
  const next = new URLSearchParams(ofFrame);
  for (const [word, value] of new URLSearchParams(link)) if (among(word, beyond) && !next.has(word)) next.append(word, value);
  return `?${next}`;
}
