"""Reading: what readers are sent, and how often."""
