# Links: why a version is taken for one of a statement, and what a person says of it.
field-belongs = Appartient à la déclaration
link-text-date = la même date dans les deux
link-text-number = le même nombre dans les deux
link-text-name = le même nom dans les deux
link-text-words = mots dont la traduction est connue :
link-text-aligned = part de chacun rendue dans l’autre, en % :
link-text-lines = lignes :
link-text-through = liés aux mêmes autres textes :
link-person = quelqu’un l’affirme :
link-decide = Décider de ce lien
link-confirm = Il est ici à sa place
link-reject = Il n’est pas ici à sa place
