"""Readers of bibliographic formats, one for each; all return CSL-JSON."""
