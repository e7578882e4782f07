"""Readers of bibliographic formats, one for each; all say what they found in the words of CSL-JSON."""
