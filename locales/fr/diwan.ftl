# Mots de l’interface. Les clés sont les mêmes dans toutes les langues ; un test les compare.

## Cadre
skip = Aller au texte
nav-label = Principal
nav-statements = Déclarations
nav-series = Séries
nav-findings = Constats
nav-decisions = Décisions
interface-language = Langue de l’interface
footer-about = Diwan garde ce qui a été dit officiellement, dans toutes les langues où cela a été dit.
footer-editing = Vous décidez sous le nom de { $name }
home = Accueil

## Recherche
search-label = Chercher dans les textes
search-button = Chercher
search-hint = Des mots, dans n’importe quelle langue. Les guillemets gardent les mots ensemble ; = cherche exactement ces lettres ; - écarte un mot.
search-title = Recherche
search-for = Recherche : { $query }
search-found = { $n ->
    [one] { $n } phrase contient tous les mots
   *[other] { $n } phrases contiennent tous les mots
}
search-some = { $n ->
    [one] { $n } autre contient une partie des mots
   *[other] { $n } autres contiennent une partie des mots
}
search-some-heading = Avec une partie des mots
search-nothing = Rien n’a été trouvé.
search-nothing-hint = Essayez moins de mots, ou une autre langue. Articles, terminaisons, accents et chiffres peuvent différer.
search-empty = Saisissez un ou plusieurs mots.
search-cut = La requête était longue : seuls ses { $n } premiers caractères ont été cherchés.
search-languages = Langue du texte
all-languages = Toutes les langues
search-in-title = dans le titre

## Accueil
home-newest = Dernières déclarations
home-all = Toutes les déclarations
way = Un chemin dans l’archive
way-read = Une déclaration dans ses langues
way-read-text = Quel texte fait foi, où chaque valeur a été lue, ce qui ne concorde pas.
way-beside = Original et traduction
way-beside-text = Phrase contre phrase ; ce qui se répond s’éclaire.
way-changed = Ce qui a changé depuis la dernière fois
way-changed-text = Les déclarations d’un organe dans l’ordre, comparées deux à deux, mot à mot.
way-formulas = La vie d’une formule
way-formulas-text = Phrases consacrées : qui les emploie, depuis quand, avec quelles variantes.
way-names = Qui et où
way-names-text = Personnes, organes et lieux, dans toutes les graphies.
way-promised = Promis, et tenu ?
way-promised-text = Réunions, engagements, membres, fonctions : suivis au fil des ans.
way-time = Au fil du temps
way-time-text = Ce qui s’est passé et ce qui a été dit, jour après jour.
way-findings = Ce qui ne concorde pas
way-findings-text = Dates, nombres et noms qui se contredisent, avec les deux citations.
home-empty = Il n’y a encore rien dans ces archives.
home-empty-hint = Ajoutez des pages avec la commande :
count-statements = { $n ->
    [one] { $n } déclaration
   *[other] { $n } déclarations
}
count-versions = { $n ->
    [one] { $n } version
   *[other] { $n } versions
}
count-sentences = { $n ->
    [one] { $n } phrase
   *[other] { $n } phrases
}
count-captures = { $n ->
    [one] { $n } capture
   *[other] { $n } captures
}
count-findings = { $n ->
    [one] { $n } constat
   *[other] { $n } constats
}

## Listes
list-title = Déclarations
filter-label = Choisir
filter-language = Langue
filter-year = Année
filter-issuer = Émetteur
filter-type = Type
filter-any = indifférent
filter-button = Afficher
filter-clear = Effacer
list-nothing = Aucune déclaration ne correspond.
page-previous = Page précédente
page-next = Page suivante
page-of = Page { $page } sur { $pages }
pages-label = Pages
untitled = Sans titre
undated = Sans date
series-title = Séries
series-about = Les déclarations selon leur émetteur et leur type.
series-span = { $first } – { $last }
no-issuer = Émetteur inconnu
no-type = Type inconnu

## Déclaration
record = Notice
versions = Versions
read-version = Lire cette version seule
read-beside = En regard de
side-by-side = En regard
side-by-side-note = Les paragraphes sont en regard dans l’ordre où ils sont imprimés.
close-beside = Une seule version
sources = Sources
earlier-versions = Versions antérieures
findings = Constats
history = Décisions et historique
history-empty = Personne n’a encore rien décidé à ce sujet.
archive-record = Notice des archives
meeting = Réunion
as-printed = tel qu’imprimé
line = ligne { $n }
evidence = Où cela a été lu
confidence = sûr à { $n } %
added-on = entré le { $date }
captured-from = De
also-known-as = Aussi sous
sentence = Phrase { $n }
decided-by = décision de { $who }
machine-read = lu par la machine : { $value }
text-of = Texte en { $language }
no-value = rien
address-of-page = Page

## Champs
field-title = Titre
field-date = Date
field-issuer = Émetteur
field-office = Service
field-type = Type
field-place = Lieu
field-original_url = Original
field-authority = Autorité
field-status = État
field-what = Occasion
field-when = Jour
field-where = Lieu
field-format = Forme
field-hosts = Hôtes
field-code = Cote
field-issue_date = Date de parution
field-languages = Langues
field-target_countries = Pays concernés
field-collections = Fonds
field-persons = Personnes
field-entities = Organismes
field-diary = Agenda
field-grades = Degrés proposés
field-grade = Degré
format-in-person = En personne
format-virtual = Par vidéo
format-hybrid = En personne et par vidéo
authority-authoritative = Texte faisant foi
authority-courtesy-translation = Traduction de courtoisie
authority-unknown = Autorité non indiquée

## Constats
findings-title = Constats
findings-about = Là où une page se contredit, contredit ses archives, ou n’a pu être lue. Les deux côtés sont cités ; rien n’est décidé à votre place.
findings-none = Rien n’a été constaté.
findings-filter = Afficher
status-all = Tous
status-open = Ouverts
status-confirmed = Confirmés
status-dismissed = Écartés
severity-info = Pour information
severity-low = Léger
severity-medium = Trompeur
severity-high = Grave
state-open = ouvert
state-confirmed = confirmé
state-dismissed = écarté
finding-mark-without-partner = Une marque de début ou de fin est seule
finding-markup-too-deep = Le balisage est trop imbriqué
finding-no-statement = Aucune déclaration n’a été trouvée
finding-page-empty = La page est vide
finding-page-too-long = La page est trop longue
finding-record-date-disagrees = La notice et le texte donnent des dates différentes
finding-record-date-not-read = Une date de la notice n’a pu être lue
finding-record-field-empty = Un champ de la notice est vide
finding-record-language-missing = La notice omet une langue
finding-record-value-doubled = Une valeur de la notice est imprimée deux fois
finding-record-values-glued = Des valeurs de la notice sont collées
finding-same-address-other-date = La même adresse avec une autre date
finding-text-cut-short = Le texte est coupé
finding-translation-not-marked = Une traduction n’est pas signalée comme telle
finding-version-dates-disagree = Les versions donnent des dates différentes
on-page = Sur la page

## Captures
capture-title = Capture
capture-about = Les octets tels qu’ils sont arrivés, jamais modifiés.
capture-hash = SHA-256
capture-type = Type de média
capture-size = Taille
capture-bytes = { $n ->
    [one] { $n } octet
   *[other] { $n } octets
}
capture-at = Entrée
capture-source = Fichier
capture-address = Adresse
capture-statements = Contient
capture-show = Montrer les octets comme texte
capture-download = Enregistrer les octets
capture-reading = Ce qui a été lu
capture-unread = Cette capture n’a pas pu être lue.
column-line = Ligne
column-role = Partie
column-text = Texte

## Décisions
decisions-title = Décisions
decisions-about = Ce que des personnes ont décidé, le plus récent d’abord. Rien n’est écrasé : une décision antérieure reste dans la liste.
decisions-none = Personne n’a encore rien décidé.
decide = Décider
confirm = C’est juste
confirm-finding = C’est exact
correct = Corriger en
correct-button = Corriger
dismiss = C’est faux
dismiss-finding = Écarter
reason = Raison
undo = Annuler
action-confirm = a confirmé
action-correct = a corrigé en
action-dismiss = a écarté
action-undo = a annulé
decision-number = Décision { $n }
decision-no-longer = ne compte plus

## Erreurs
error-not-found = Il n’y a rien ici
error-not-found-hint = L’adresse est peut-être mal saisie. Toutes les déclarations sont dans la liste.
error-bad-request = Cela ne peut pas être lu
error-bad-request-hint = Une partie de l’adresse ou du formulaire n’est pas ce qui était attendu.
error-forbidden = Ce n’est pas permis
error-forbidden-hint = Les décisions se prennent sur cette machine même, dans des archives ouvertes à la modification.
error-conflict = Quelqu’un d’autre est à l’œuvre
error-conflict-hint = Les archives sont en cours d’écriture. Réessayez dans un instant ; rien n’a été perdu.
error-internal = Quelque chose a échoué
error-internal-hint = Les archives n’ont pas pu répondre. La personne qui les tient peut lancer la commande qui les vérifie.

## Langues
lang-ar = arabe
lang-ckb = kurde central
lang-de = allemand
lang-en = anglais
lang-es = espagnol
lang-fa = persan
lang-fr = français
lang-he = hébreu
lang-it = italien
lang-ku = kurde
lang-mul = plusieurs langues
lang-ps = pachto
lang-pt = portugais
lang-ru = russe
lang-tr = turc
lang-und = langue inconnue
lang-ur = ourdou
lang-zh = chinois
lang-zxx = sans langue

## Dates
date-day = { $day } { $month } { $year }
date-month = { $month } { $year }
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre
