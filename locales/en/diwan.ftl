# Words of the interface. Keys are the same in every language; a test compares them.

## Frame
skip = Skip to the text
nav-label = Main
nav-statements = Statements
nav-series = Series
nav-findings = Findings
nav-decisions = Decisions
interface-language = Language of the interface
footer-about = Diwan keeps what was officially said, in every language it was said in.
footer-editing = You decide as { $name }
home = Home

## Search
search-label = Search the texts
search-button = Search
search-hint = Words in any of the languages. Quotation marks keep words together; = finds exactly these letters; - leaves a word out.
search-title = Search
search-for = Search: { $query }
search-found = { $n ->
    [one] { $n } sentence has every word
   *[other] { $n } sentences have every word
}
search-some = { $n ->
    [one] { $n } more has some of the words
   *[other] { $n } more have some of the words
}
search-some-heading = With some of the words
search-nothing = Nothing was found.
search-nothing-hint = Try fewer words, or another language. Articles, endings, accents and digits need not match.
search-empty = Type one or more words.
search-cut = The query was long: only its first { $n } characters were searched.
search-languages = Language of the text
all-languages = All languages
search-in-title = in the title

## Home
home-newest = Newest statements
home-all = All statements
way = A way through the archive
way-read = A statement, in its languages
way-read-text = Which text counts, where each value was read, what does not fit.
way-beside = Original and translation
way-beside-text = Sentence beside sentence; what belongs together lights up.
way-changed = What changed since last time
way-changed-text = Statements of one body in order, any two compared word by word.
way-formulas = The life of a formula
way-formulas-text = Stock sentences: who uses them, since when, in which variants.
way-names = Who and where
way-names-text = People, bodies and places, in every spelling and script.
way-promised = Promised, and kept?
way-promised-text = Meetings, pledges, members, offices: followed through the years.
way-time = In order of time
way-time-text = What happened and what was said, day by day.
way-findings = What does not fit
way-findings-text = Dates, numbers and names that contradict each other, with both quotes.
home-empty = There is nothing in this archive yet.
home-empty-hint = Add pages with the command:
count-statements = { $n ->
    [one] { $n } statement
   *[other] { $n } statements
}
count-versions = { $n ->
    [one] { $n } version
   *[other] { $n } versions
}
count-sentences = { $n ->
    [one] { $n } sentence
   *[other] { $n } sentences
}
count-captures = { $n ->
    [one] { $n } capture
   *[other] { $n } captures
}
count-findings = { $n ->
    [one] { $n } finding
   *[other] { $n } findings
}

## Lists
list-title = Statements
filter-label = Choose
filter-language = Language
filter-year = Year
filter-issuer = Issuer
filter-type = Type
filter-any = any
filter-button = Show
filter-clear = Clear
list-nothing = No statement is like this.
page-previous = Earlier page
page-next = Next page
page-of = Page { $page } of { $pages }
pages-label = Pages
untitled = Untitled
undated = No date
series-title = Series
series-about = Statements by who issued them and of what type they are.
series-span = { $first } to { $last }
no-issuer = Issuer not known
no-type = Type not known

## Statement
record = Record
versions = Versions
read-version = Read the version alone
read-beside = Side by side with
side-by-side = Side by side
side-by-side-note = Paragraphs stand beside each other in the order in which they are printed.
close-beside = One version
sources = Sources
earlier-versions = Earlier versions
findings = Findings
history = Decisions and history
history-empty = Nobody has decided anything about this yet.
archive-record = Record of the archive
meeting = Meeting
as-printed = as printed
line = line { $n }
evidence = Where it was read
confidence = sure to { $n }%
added-on = came in on { $date }
captured-from = From
also-known-as = Also under
sentence = Sentence { $n }
decided-by = { $who } decided
machine-read = read by machine: { $value }
text-of = Text in { $language }
no-value = nothing
address-of-page = Page

## Fields
field-title = Title
field-date = Date
field-issuer = Issuer
field-office = Office
field-type = Type
field-place = Place
field-original_url = Original
field-authority = Authority
field-status = Status
field-what = Occasion
field-when = Day
field-where = Place
field-format = How people met
field-hosts = Hosts
field-code = Code
field-issue_date = Date of issue
field-languages = Languages
field-target_countries = Countries concerned
field-collections = Collections
field-persons = Persons
field-entities = Bodies
field-diary = Diary
field-grades = Grades offered
field-grade = Grade
format-in-person = In person
format-virtual = By video
format-hybrid = In person and by video
authority-authoritative = Authoritative text
authority-courtesy-translation = Courtesy translation
authority-unknown = Authority not stated

## Findings
findings-title = Findings
findings-about = Where a page disagrees with itself, with its archive, or could not be read. Both sides are quoted; nothing is decided for you.
findings-none = Nothing was found.
findings-filter = Show
status-all = All
status-open = Open
status-confirmed = Confirmed
status-dismissed = Dismissed
severity-info = For information
severity-low = Slight
severity-medium = Misleading
severity-high = Grave
state-open = open
state-confirmed = confirmed
state-dismissed = dismissed
finding-mark-without-partner = A begin or end mark stands alone
finding-markup-too-deep = The markup is nested too deeply
finding-no-statement = No statement was found
finding-page-empty = The page is empty
finding-page-too-long = The page is too long
finding-record-date-disagrees = Record and text give different dates
finding-record-date-not-read = A date of the record could not be read
finding-record-field-empty = A field of the record is empty
finding-record-language-missing = The record leaves out a language
finding-record-value-doubled = A value of the record is printed twice
finding-record-values-glued = Values of the record are glued together
finding-same-address-other-date = The same address with another date
finding-text-cut-short = The text is cut short
finding-translation-not-marked = A translation is not marked as one
finding-version-dates-disagree = Versions give different dates
on-page = On the page

## Captures
capture-title = Capture
capture-about = The bytes as they came in, never changed.
capture-hash = SHA-256
capture-type = Media type
capture-size = Size
capture-bytes = { $n ->
    [one] { $n } byte
   *[other] { $n } bytes
}
capture-at = Came in
capture-source = File
capture-address = Address
capture-statements = Holds
capture-show = Show the bytes as text
capture-download = Save the bytes
capture-reading = What was read
capture-unread = This capture could not be read.
column-line = Line
column-role = Part
column-text = Text

## Decisions
decisions-title = Decisions
decisions-about = What people decided, newest first. Nothing is overwritten: an earlier decision stays in the list.
decisions-none = Nobody has decided anything yet.
decide = Decide
confirm = It is right
confirm-finding = It is so
correct = Correct to
correct-button = Correct
dismiss = It is wrong
dismiss-finding = Dismiss
reason = Reason
undo = Undo
action-confirm = confirmed
action-correct = corrected to
action-dismiss = dismissed
action-undo = undid
decision-number = Decision { $n }
decision-no-longer = no longer counts

## Errors
error-not-found = There is nothing here
error-not-found-hint = The address may be mistyped. Every statement is in the list.
error-bad-request = This cannot be read
error-bad-request-hint = A part of the address or of the form is not what was expected.
error-forbidden = This is not allowed
error-forbidden-hint = Decisions are taken on this machine itself, in an archive that was opened for editing.
error-conflict = Someone else is at work
error-conflict-hint = The archive is being written. Try again in a moment; nothing was lost.
error-internal = Something failed
error-internal-hint = The archive could not answer. The person who keeps it can run the command that checks it.

## Languages
lang-ar = Arabic
lang-ckb = Central Kurdish
lang-de = German
lang-en = English
lang-es = Spanish
lang-fa = Persian
lang-fr = French
lang-he = Hebrew
lang-it = Italian
lang-ku = Kurdish
lang-mul = Several languages
lang-ps = Pashto
lang-pt = Portuguese
lang-ru = Russian
lang-tr = Turkish
lang-und = Language not known
lang-ur = Urdu
lang-zh = Chinese
lang-zxx = No language

## Dates
date-day = { $day } { $month } { $year }
date-month = { $month } { $year }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
