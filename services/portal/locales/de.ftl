# What portal's server itself says in a browser, when there is no page that could.

unknown-title = Hier gibt es keine Seite
unknown-text = Vielleicht ist die Adresse falsch geschrieben, oder die Seite ist umgezogen.
unbuilt-title = Die Seiten sind noch nicht gebaut
unbuilt-text = Geben Sie auf dem Rechner, auf dem Deskbus läuft, Folgendes ein: { $command }
