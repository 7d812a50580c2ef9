# Les noms et leurs pages.
nav-entities = Noms
entities-title = Personnes, organismes et lieux
entities-about = Qui et quoi est nommé dans les déclarations, une fois chacun, dans toutes les écritures.
entities-filter = Nature
entities-none = Personne ni rien n’est encore nommé.
entity-names = Noms
entity-spellings = Graphies
entity-offices = Fonctions
entity-years = Mentions par année
entity-with = Nommé avec
entity-mentions = Mentions
entity-confidence = Confiance que ces graphies désignent la même entité
entity-keys = Ce dont la notice est faite
kind-person = Personne
kind-organisation = Organisme
kind-place = Lieu
kind-legal = Instrument
kind-event = Événement
kind-programme = Programme
kind-document = Document
count-entities = { $n ->
    [one] { $n } nom
   *[other] { $n } noms
}
count-mentions = { $n ->
    [one] { $n } mention
   *[other] { $n } mentions
}

# Editing entities, the map of places.
map-title = Carte des lieux
map-about = Tous les lieux que nomment les déclarations ; plus le point est grand, plus elles sont nombreuses.
map-alt = Une carte avec un point pour chaque lieu nommé. La liste ci-dessous contient les mêmes lieux avec le nombre de déclarations.
map-list = Tous les lieux
map-unplaced = hors de la carte
map-source = Contour : Natural Earth (domaine public). Les points marquent le milieu d’un pays ou d’une région.
entities-views = Vues des noms
entity-edit = Modifier cette notice
entity-merge-with = Est le même que (numéro ou nom)
entity-merge = Fusionner
entity-split-about = Séparer ce qui a été réuni
entity-split = C’est une autre entité
field-name-ar = Nom en arabe
field-name-en = Nom en anglais
field-name-fa = Nom en persan
field-name-fr = Nom en français
field-kind = Genre
field-mark = Marque
field-notes = Notes
field-wikidata = Wikidata
field-viaf = VIAF
field-iso-3166 = ISO 3166
field-same-as = Identique à
field-apart = À part
field-authorities = Notices d’autorité d’un fichier
