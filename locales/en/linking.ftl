# Links: why a version is taken for one of a statement, and what a person says of it.
field-belongs = Belongs to the statement
link-text-date = the same date in both
link-text-number = the same number in both
link-text-name = the same name in both
link-text-words = words whose rendering is known:
link-text-aligned = of both rendered in the other, %:
link-text-lines = lines:
link-text-through = tied to the same others:
link-person = a person says so:
link-decide = Decide about this link
link-confirm = It belongs here
link-reject = It does not belong here
