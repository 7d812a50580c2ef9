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
