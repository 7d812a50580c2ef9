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

## What differs
finding-sentence-omitted = Une phrase est omise
finding-sentence-added = Une phrase est ajoutée
finding-number-differs = Un nombre diffère
finding-number-missing = Un nombre manque
finding-date-differs = Une date diffère
finding-date-missing = Une date manque
finding-unit-differs = Une unité diffère
finding-name-differs = Un nom diffère
finding-name-missing = Un nom manque
finding-negation-differs = Une négation diffère
finding-modality-differs = Obligation ou permission diffère
finding-and-or = « Et » contre « ou »
finding-hedge-dropped = Une réserve est supprimée
finding-hedge-added = Une réserve est ajoutée
finding-hedge-differs = Une réserve diffère
finding-verb-softened = Un verbe est adouci
finding-verb-strengthened = Un verbe est renforcé
finding-term-otherwise = Un terme rendu autrement qu’auparavant
finding-name-otherwise = Un nom écrit autrement qu’auparavant

## Termes
terms-title = Termes
terms-about = Comment un mot ou une expression a été rendu : par qui, quand, et chaque endroit.
terms-of = Termes : { $words }
terms-words = Mot ou expression
terms-from = En
terms-to = Rendu en
terms-look = Chercher
terms-sentences = { $n ->
    [one] Présent dans { $n } phrase.
   *[other] Présent dans { $n } phrases.
}
terms-nothing = Aucune phrase qui le rende n’est ici.
terms-untold = On ne peut dire quels mots le rendent ; voici les endroits.
terms-times = { $n } fois
terms-more = { $n ->
    [one] { $n } autre endroit n’est pas montré.
   *[other] { $n } autres endroits ne sont pas montrés.
}
terms-memory = Des mémoires de traducteurs
list-comma = ,

## Liens
links = Ce qui lie les versions
link-same-page = sur une même page qu’une autre version
link-names-original = nomme l’adresse de l’original
link-is-original = d’autres nomment son adresse comme celle de l’original
link-same-original = nomme le même original qu’une autre version
link-other-languages = elle et une autre version se nomment l’une l’autre
link-none = aucune adresse ne la lie
version-stale = La traduction ({ $language }) est plus ancienne que l’original, arrivé modifié le { $date }.
version-missing = Il n’y a pas de version en { $language } ; la plupart des déclarations de cet organisme et de ce type en ont une.
