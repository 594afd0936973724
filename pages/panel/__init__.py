"""The live panel: the browser's twin of the engine, and what it is fed with."""
