"""The report and the sheets as files: Word, PDF, Excel."""
