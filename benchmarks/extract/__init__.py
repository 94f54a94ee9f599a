"""Own gold for extraction, its scorer, and the peers measured beside Tally."""
