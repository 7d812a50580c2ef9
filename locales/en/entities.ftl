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
