## Parallel reader
parallel-note = Sentences that render each other stand side by side. The keys j and k, or the arrows, go from one to the next.
parallel-unsure = { $n ->
    [one] { $n } place is not sure.
   *[other] { $n } places are not sure.
}
parallel-decided = { $n ->
    [one] { $n } decision of a person counts.
   *[other] { $n } decisions of people count.
}
parallel-find = Light up in all columns
parallel-find-button = Light
terms-ask = How was this rendered?
bead-nothing = nothing corresponds
bead-address = Address of this place
bead-doubtful = Not quite sure: { $n } in 100
bead-guess = A guess: { $n } in 100
bead-decided = Decided by { $who }
bead-correct = Correct
bead-confirm = These belong together
bead-merge = Join with the next
bead-up = First sentence up
bead-down = Last sentence down
bead-split = Split
bead-split-where = Sentences above | below
field-beads = which sentences belong together

## What differs
finding-sentence-omitted = A sentence is left out
finding-sentence-added = A sentence is added
finding-number-differs = A number differs
finding-number-missing = A number is missing
finding-date-differs = A date differs
finding-date-missing = A date is missing
finding-unit-differs = A unit differs
finding-name-differs = A name differs
finding-name-missing = A name is missing
finding-negation-differs = A negation differs
finding-modality-differs = Obligation or permission differs
finding-and-or = “And” against “or”
finding-hedge-dropped = A hedge is dropped
finding-hedge-added = A hedge is added
finding-hedge-differs = A hedge differs
finding-verb-softened = A verb is softened
finding-verb-strengthened = A verb is strengthened
finding-term-otherwise = A term rendered otherwise than before
finding-name-otherwise = A name spelt otherwise than before

## Terms
terms-title = Terms
terms-about = How a word or phrase was rendered: by whom, when, and every place.
terms-of = Terms: { $words }
terms-words = Word or phrase
terms-from = In
terms-to = Rendered in
terms-look = Look up
terms-sentences = { $n ->
    [one] It stands in { $n } sentence.
   *[other] It stands in { $n } sentences.
}
terms-nothing = No sentence that renders it is here.
terms-untold = Which words render it cannot be told; these are the places.
terms-times = { $n ->
    [one] { $n } time
   *[other] { $n } times
}
terms-more = { $n ->
    [one] { $n } more place is not shown.
   *[other] { $n } more places are not shown.
}
terms-memory = From translators’ memories
list-comma = ,

## Links
links = What ties the versions
link-same-page = on one page with another version
link-names-original = names the address of the original
link-is-original = others name its address as the original’s
link-same-original = names the same original as another version
link-other-languages = it and another version name each other
link-none = no address ties it
version-stale = The { $language } translation is older than the original, which came in changed on { $date }.
version-missing = There is no { $language } version; most statements of this body and type have one.
