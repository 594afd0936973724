// What the reader's own browser remembers of them; one that keeps nothing remembers nothing.

const PREFIX = "index766.";

function recalled(name) {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

function memorized(name, text) {
  try {
    localStorage.setItem(PREFIX + name, text);
  } catch { /* a store that is full or forbidden */ }
}

// Whether this browser has kept anything of ours yet.
function knowsUs() {
  try {
    return Object.keys(localStorage).some((name) => name.startsWith(PREFIX));
  } catch {
    return false;
  }
}
