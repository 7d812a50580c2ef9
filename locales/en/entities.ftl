# Entities and their pages.
nav-entities = Names
entities-title = People, bodies and places
entities-about = Who and what is named in the statements, each once, in whatever script.
entities-filter = Kind
entities-none = Nobody and nothing is named yet.
entity-names = Names
entity-spellings = Spellings
entity-offices = Offices
entity-years = Mentions by year
entity-with = Named together with
entity-mentions = Mentions
entity-confidence = Confidence that these spellings are one entity’s
entity-keys = What it was put together from
kind-person = Person
kind-organisation = Body
kind-place = Place
kind-legal = Instrument
kind-event = Event
kind-programme = Programme
kind-document = Document
count-entities = { $n ->
    [one] { $n } name
   *[other] { $n } names
}
count-mentions = { $n ->
    [one] { $n } mention
   *[other] { $n } mentions
}

# Editing entities, the map of places.
map-title = Map of places
map-about = Every place that the statements name; the larger the dot, the more statements name it.
map-alt = A map with a dot for each place that is named. The list below holds the same places with the number of statements.
map-list = All places
map-unplaced = not on the map
map-source = Outline: Natural Earth (public domain). Dots mark the middle of a country or region.
entities-views = Views of names
entity-edit = Edit this record
entity-merge-with = Is the same as (number or name)
entity-merge = Make them one
entity-split-about = Take apart what was put together
entity-split = This is another entity
field-name-ar = Name in Arabic
field-name-en = Name in English
field-name-fa = Name in Persian
field-name-fr = Name in French
field-kind = Kind
field-mark = Mark
field-notes = Notes
field-wikidata = Wikidata
field-viaf = VIAF
field-iso-3166 = ISO 3166
field-same-as = One with
field-apart = Apart
field-authorities = Authority records of a file
