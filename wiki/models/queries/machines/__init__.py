"""What programs and auditors get: lists in parts, rows of data sets, all statements, the chain as lines."""
