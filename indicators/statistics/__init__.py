"""Statistics of an indicator: pure functions on numbers, formulas and sources in the methods document.

Shares and rates are ratios per one (0.95, not 95): the factor is applied once, by who shows them.
Impossible input is refused; too little data is an answer.
"""

from fractions import Fraction

Number = float | Fraction
