"""Search: one fold for what pages say and for what people ask."""
