"""Stories of many machines."""
