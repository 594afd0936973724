"""Between a file and a league: sheets, headings, units, numbers, and what stands beside a table."""
