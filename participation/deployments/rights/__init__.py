"""Questions about a system that may be incompatible with human rights. They prompt lawyers and decide nothing."""
