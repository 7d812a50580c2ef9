# Pages about captures.
capture-way = How it came
capture-asked = Asked
capture-way-address = Address
capture-peer = From
capture-request = Request
capture-response = Answer
capture-fetched = fetched by this archive
capture-from-archive = from a web archive
capture-encoding = Declared encoding
capture-method = Read with
capture-notes = What a list says of it
capture-findings = Findings
capture-page = Page
