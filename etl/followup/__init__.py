"""Files that say how far tasks of plans and agreed actions are: read, compared, put on record."""
