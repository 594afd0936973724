"""Score: baseline and scenario down one road."""
