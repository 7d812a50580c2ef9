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
