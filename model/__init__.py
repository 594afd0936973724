"""The arithmetic of Index 766: editions, leagues, scores, ranks and scenarios. Knows no user interface."""
