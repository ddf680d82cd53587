"""A fleet that never was: nodes whose hidden processes decide what drifts, told in the words of the tools they run."""
