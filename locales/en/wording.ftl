# Series, comparison, formulas.
field-series = Series
series-found-about = Statements of one body and kind, put in order by themselves: by their words, titles and issuers.
series-none = No series was found yet: a series is at least two statements that speak alike.
series-groups = By issuer and type
series-language = Language
series-in-order = In order
series-gap = A statement seems to be missing here
date-from-source = The date comes from the name of the file
compare-title = Compare
compare-about = Choose two texts of one language to see what changed: sentences first, then words.
compare-before = First text
compare-after = Second text
compare-exact = Also what only looks different
compare-button = Compare
compare-swap = Swap
compare-not-found = There is no text of that code.
compare-with-previous = Compare with the one before
recalls = Recalls
recalls-absent = not in the archive
wording-unchanged = no sentence changed
change-reworded = reworded
change-moved = moved
change-merged = merged
change-split = split
change-new = new
change-dropped = dropped
formulas-title = Formulas
formulas-of-series = Formulas of this series
formulas-about = Sentences that recur across statements, in variants and in every language.
formulas-none = Nothing recurs here.
boilerplate-title = Boilerplate
boilerplate-about = Lines that recur on pages and say nothing: banners, notices, footers.
formula-title = Formula
formula-dropped = no longer in
formula-wordings = Wordings in order of time
said-title = Where else was this said?
said-nowhere = Nothing like it was said elsewhere in the archive.
picture-download = Download the picture
picture-columns = Sentences over time
picture-columns-about = A column is a statement, a box a sentence as high as it is long; bands link what was kept.
picture-kept = Share of wording kept
picture-kept-about = Compared with the statement before; the upper line is all of it.
picture-length = Length
picture-length-about = Words of each statement.
picture-timeline = Life of the formula
picture-timeline-about = A row for each wording, a dot for each use.
wording-new = { $n } new
wording-dropped = { $n } dropped
wording-reworded = { $n } reworded
wording-moved = { $n } moved
wording-merged = { $n } merged
wording-split = { $n } split
wording-kept = { $n } % of the wording kept
count-words = { $n ->
    [one] { $n } word
   *[other] { $n } words
}
count-formulas = { $n ->
    [one] { $n } formula
   *[other] { $n } formulas
}
said-times = { $n ->
    [one] in { $n } statement
   *[other] in { $n } statements
}
said-alike = { $n } % alike
