# Series, comparison, formulas.
field-series = Série
series-found-about = Les déclarations d’un même organe et d’un même genre, mises en ordre d’elles-mêmes : par leurs mots, leurs titres et leurs auteurs.
series-none = Aucune série n’a encore été trouvée : il faut au moins deux déclarations qui parlent de même.
series-groups = Par auteur et par genre
series-language = Langue
series-in-order = Dans l’ordre
series-gap = Une déclaration semble manquer ici
date-from-source = La date vient du nom du fichier
compare-title = Comparer
compare-about = Choisissez deux textes d’une même langue pour voir ce qui a changé : les phrases, puis les mots.
compare-before = Premier texte
compare-after = Second texte
compare-exact = Aussi ce qui ne diffère que d’aspect
compare-button = Comparer
compare-swap = Intervertir
compare-not-found = Il n’y a pas de texte de ce code.
compare-with-previous = Comparer au précédent
recalls = Rappelle
recalls-absent = absent de l’archive
wording-unchanged = aucune phrase n’a changé
change-reworded = reformulée
change-moved = déplacée
change-merged = fusionnées
change-split = scindée
change-new = nouvelle
change-dropped = supprimée
formulas-title = Formules
formulas-of-series = Formules de cette série
formulas-about = Des phrases qui reviennent d’une déclaration à l’autre, avec leurs variantes, dans toutes les langues.
formulas-none = Rien ne revient ici.
boilerplate-title = Mentions répétées
boilerplate-about = Des lignes qui reviennent sur les pages sans rien dire : bandeaux, avis, pieds de page.
formula-title = Formule
formula-dropped = absente de
formula-wordings = Rédactions dans l’ordre du temps
said-title = Où cela a-t-il été dit ailleurs ?
said-nowhere = Rien de tel n’a été dit ailleurs dans l’archive.
picture-download = Télécharger l’image
picture-columns = Les phrases au fil du temps
picture-columns-about = Une colonne est une déclaration, une case une phrase, haute selon sa longueur ; les bandes relient ce qui est resté.
picture-kept = Part du texte conservée
picture-kept-about = Par rapport à la déclaration précédente ; la ligne du haut vaut la totalité.
picture-length = Longueur
picture-length-about = Mots de chaque déclaration.
picture-timeline = Vie de la formule
picture-timeline-about = Une ligne par rédaction, un point par emploi.
wording-new = { $n ->
    [one] { $n } nouvelle
   *[other] { $n } nouvelles
}
wording-dropped = { $n ->
    [one] { $n } supprimée
   *[other] { $n } supprimées
}
wording-reworded = { $n ->
    [one] { $n } reformulée
   *[other] { $n } reformulées
}
wording-moved = { $n ->
    [one] { $n } déplacée
   *[other] { $n } déplacées
}
wording-merged = { $n ->
    [one] { $n } fusion
   *[other] { $n } fusions
}
wording-split = { $n ->
    [one] { $n } scindée
   *[other] { $n } scindées
}
wording-kept = { $n } % du texte conservé
count-words = { $n ->
    [one] { $n } mot
   *[other] { $n } mots
}
count-formulas = { $n ->
    [one] { $n } formule
   *[other] { $n } formules
}
said-times = { $n ->
    [one] dans { $n } déclaration
   *[other] dans { $n } déclarations
}
said-alike = { $n } % de ressemblance
