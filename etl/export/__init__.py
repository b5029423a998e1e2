"""Files out: the form to fill in, and a person's own workbook with the findings marked in it."""
