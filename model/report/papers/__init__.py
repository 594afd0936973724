"""Papers that leaders hand over, each from one outcome: plan, report, one page, ranking."""

PAPERS = {"plan": (".docx", ".xlsx"), "week": (".docx", ".txt"), "brief": (".html",), "ranking": (".xlsx",)}
