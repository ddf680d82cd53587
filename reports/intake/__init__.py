"""① The doors: who sent it, is it whole, a durable receipt; and the drain that conducts the way into the store."""
