"""Table: what people have, made a league, and back."""

import os

os.environ.setdefault("OPENPYXL_LXML", "False")  # one writer of workbooks, lxml at hand or not, as in the browser
