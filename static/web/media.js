// Files that the app hands out, to look at or to save. stlite 1.9.2 serves a file that is ready, but points to an address
// that does not exist where a file is only made when asked for, and where it looks whether a file is there: what is
// asked of that address is answered by the app itself.

const NOWHERE = "stlite.invalid";
const NAMES = [/filename\*=utf-8''([^;]+)/i, /filename="([^"]+)"/i, /filename=([^;]+)/i];

export function handOut(kernel) {
  const { fetch } = window;
  const { click } = HTMLAnchorElement.prototype;
  const asked = (address) => {
    const url = new URL(address, location.href);
    return url.hostname === NOWHERE ? url.pathname.replace(`/${kernel.basePath}`, "").replace(/^\/*/, "/") : null;
  };

  window.fetch = async function (what, options) {
    const path = asked(what instanceof Request ? what.url : what);
    if (path === null) return fetch(what, options);
    const { statusCode, headers, body } = await got(kernel, path);
    return new Response(body, { status: statusCode, headers });
  };
  HTMLAnchorElement.prototype.click = function () {
    const path = asked(this.href || location.href);
    if (path === null) click.call(this);
    else got(kernel, path).then((answer) => save(answer, click));
  };
}

function got(kernel, path) {
  return kernel.sendHttpRequest({ method: "GET", path: `${path}?title=${encodeURIComponent(document.title)}`, headers: {}, body: "" });
}

function save({ statusCode, headers, body }, click) {
  if (statusCode !== 200) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([body], { type: headers.get("Content-Type") ?? "" }));
  link.download = name(headers.get("Content-Disposition") ?? "");
  click.call(link);
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

function name(disposition) {
  const [, found = "index766"] = NAMES.map((pattern) => pattern.exec(disposition)).find(Boolean) ?? [];
  return decodeURIComponent(found);
}
