// What stlite takes for Pyodide's own script, so that nothing of stlite is changed: the runtime that worker.js has begun.
Object.assign(self, { loadPyodide: () => /** @type {any} */ (self).index766.runtime });
