# Pages about captures.
capture-way = Comment elle est venue
capture-asked = Demandé
capture-way-address = Adresse
capture-peer = De
capture-request = Requête
capture-response = Réponse
capture-fetched = récupérée par ces archives
capture-from-archive = tirée d’une archive web
capture-encoding = Encodage déclaré
capture-method = Lue avec
capture-notes = Ce qu’une liste en dit
capture-findings = Constats
capture-page = Page
