"""What happens on a clock: which room's function, how often, and on how many machines."""
