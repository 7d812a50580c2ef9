# Series, comparison, formulas.
