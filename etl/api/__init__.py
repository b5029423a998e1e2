"""The read API: one table of what can be asked, from which answers and documentation are made."""
