// That the app computes is said by the page: Python, alone in its worker, can say so only once it is done.

const PATIENCE = 400; // ms without an answer

export function tellBusy(worker, text) {
  const sign = document.createElement("p");
  const { postMessage } = worker;
  let waiting = 0;
  sign.id = "busy";
  sign.setAttribute("role", "status");
  document.body.append(sign);
  const end = () => {
    clearTimeout(waiting);
    sign.textContent = "";
  };
  worker.postMessage = (message, ...more) => {
    if (message?.type === "websocket:send") {
      clearTimeout(waiting);
      waiting = setTimeout(() => { sign.textContent = text; }, PATIENCE);
    }
    postMessage.call(worker, message, ...more);
  };
  worker.addEventListener("message", ({ data }) => { if (data?.type === "websocket:message") end(); });
}
