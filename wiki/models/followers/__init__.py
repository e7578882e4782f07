"""Who follows what readers see by other means than mail."""
