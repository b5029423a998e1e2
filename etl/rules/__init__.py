"""What is asked of recognised figures: one module for each kind of rule, one function for each rule."""
