## Lecture parallèle
parallel-note = Les phrases qui se rendent l’une l’autre sont côte à côte. Les touches j et k, ou les flèches, vont de l’une à la suivante.
parallel-unsure = { $n ->
    [one] { $n } endroit n’est pas sûr.
   *[other] { $n } endroits ne sont pas sûrs.
}
parallel-decided = { $n ->
    [one] { $n } décision d’une personne compte.
   *[other] { $n } décisions de personnes comptent.
}
parallel-find = Éclairer dans toutes les colonnes
parallel-find-button = Éclairer
terms-ask = Comment cela a-t-il été rendu ?
bead-nothing = rien ne correspond
bead-address = Adresse de cet endroit
bead-doubtful = Pas tout à fait sûr : { $n } sur 100
bead-guess = Une supposition : { $n } sur 100
bead-decided = Décidé par { $who }
bead-correct = Corriger
bead-confirm = Ces phrases vont ensemble
bead-merge = Joindre à la suivante
bead-up = Première phrase vers le haut
bead-down = Dernière phrase vers le bas
bead-split = Diviser
bead-split-where = Phrases au-dessus | au-dessous
field-beads = quelles phrases vont ensemble
