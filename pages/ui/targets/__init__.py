"""The planner's parts."""
