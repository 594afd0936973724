const INSIDE = new URL(".", import.meta.url);
const ROOT = new URL("..", INSIDE);
const worker = new Worker(new URL("worker.js", INSIDE));
const Ordinary = window.Worker;
window.Worker = function () { window.Worker = Ordinary; worker.postMessage("begin"); return worker; };
worker.addEventListener("message", (e) => { if (e.data?.type === "index766") console.info("T", performance.now() | 0, e.data.step); });
const { mount } = await import(new URL("stlite/stlite.js", INSIDE));
const here = location.href;
history.replaceState(history.state, "", ROOT.pathname + location.search);
const app = mount({ entrypoint: "app.py", files: {}, pyodideUrl: new URL("runtime.mjs", INSIDE).href, wheelUrls: false,
  disableProgressToasts: true, disableErrorToasts: true, disableModuleAutoLoadToasts: true }, document.getElementById("root"));
history.replaceState(history.state, "", here.replace(/\/(?=$|[?#])/, location.pathname === ROOT.pathname ? "/" : ""));
for (const n of ["loadProgress", "loadFinished", "loadError"]) app._kernel.addEventListener(n, (e) => console.info("T", performance.now() | 0, n, e.detail));
