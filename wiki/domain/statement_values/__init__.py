"""Values that a field of a statement holds beside plain text: shares, effects, populations, terms, days.

Each module reads one line as a clinician types it. What is stored is the line in its usual form, which is
what readers see and what is signed; the value itself is read from that line again wherever it is compared.
"""
