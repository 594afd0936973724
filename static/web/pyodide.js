// What stlite takes for Pyodide's own script, so that nothing of stlite is changed: the runtime that worker.js has begun.
self.loadPyodide = () => self.index766.runtime;
