### Alle Texte von Deskbus auf Deutsch. en, es und de haben dieselben Nachrichten mit denselben
### Variablen; ein Test prüft das. Angesprochen wird mit Sie.

## Shared: words and parts of both sides

send = Senden
close = Schließen
discard = Verwerfen
try-again = Erneut versuchen
language = Sprache
you = Sie
conversation = Unterhaltung
jump-to-newest = Neueste Nachrichten
message-from = { $name }: { $text }
message-late = Nach dem Ende geschrieben
message-deleted = { $name } hat diese Nachricht gelöscht
message-deleted-you = Sie haben diese Nachricht gelöscht
message-deleted-somebody = Diese Nachricht wurde gelöscht
message-overdue = Noch nicht zugestellt. Wir versuchen es weiter.
message-not-sent = Nicht gesendet.
typing = { $name } schreibt
typing-somebody = Jemand schreibt
delivery-waiting = Noch nicht zugestellt
delivery-sent = Gesendet
delivery-delivered = Zugestellt
delivery-read = Gelesen
composer-hint = Eingabetaste sendet, Umschalt + Eingabetaste beginnt eine neue Zeile
text-count = { NUMBER($count) } von { NUMBER($limit) }
text-too-long = { $over ->
    [one] Ein Zeichen zu viel.
   *[other] { NUMBER($over) } Zeichen zu viel.
  }
connection-trying = Keine Verbindung. Neuer Versuch läuft.
connection-unsent = Noch nicht zugestellt. Neuer Versuch läuft.

## Shared: parts of a page that come later

loading = Wird geladen
part-missing = Dieser Teil konnte nicht geladen werden
part-missing-text = Vielleicht fehlt die Verbindung, oder es gibt eine neuere Version von Deskbus. Was Sie anderswo geschrieben haben, bleibt erhalten.
read-again = Seite neu laden

## Shared: automatic messages

bot-name = Automatische Nachricht
bot-greeting = Guten Tag. Vielen Dank für Ihre Nachricht. Ein Techniker ist gleich für Sie da.
bot-ask-email = Wie lautet Ihre E-Mail-Adresse?
bot-ask-email-why = Damit können wir Ihnen auch dann antworten, wenn Sie nicht warten können.
bot-email-thanks = Vielen Dank. Wir verwenden diese Adresse, falls wir Sie hier nicht erreichen.
bot-other = Diese automatische Nachricht braucht eine neuere Version der Seite. Bitte laden Sie die Seite neu.

## Shared: what is wrong with a field

field-required = Bitte füllen Sie dieses Feld aus.
field-invalid = Diese Angabe kann nicht angenommen werden. Bitte prüfen Sie sie.
field-invalid-email = Das sieht nicht nach einer E-Mail-Adresse aus. Beispiel: name@example.com
field-all-companies-needed = Das Prüfprotokoll und das Konto selbst sind Schlüsseln für alle Firmen vorbehalten.
field-too-long = Bitte höchstens { NUMBER($max) } Zeichen verwenden.
field-control-characters = Enthält unsichtbare Zeichen. Bitte tippen Sie die Angabe, statt sie einzufügen.

## Shared: errors, each under its stable code

error-network = Der Server ist nicht erreichbar. Bitte prüfen Sie Ihre Verbindung und versuchen Sie es erneut.
error-unavailable = Das ist im Moment nicht verfügbar. Bitte versuchen Sie es in Kürze erneut.
error-internal = Bei uns ist etwas schiefgegangen. Bitte versuchen Sie es erneut; bleibt es dabei, wenden Sie sich an den Support.
error-invalid-input = Einige Angaben können nicht angenommen werden. Bitte prüfen Sie die Felder.
error-not-found = Hier ist nichts. Vielleicht wurde es verschoben oder entfernt.
error-method-not-allowed = Das ist hier nicht möglich.
error-too-large = Das ist zu groß, um angenommen zu werden. Bitte kürzen Sie es.
error-text-too-long = Diese Nachricht ist zu lang. Bitte kürzen Sie sie oder senden Sie sie in Teilen.
error-control-characters = Enthält unsichtbare Zeichen. Bitte tippen Sie den Text, statt ihn einzufügen.
error-token-invalid = Ihre Sitzung ist nicht mehr gültig. Bitte beginnen Sie neu.
error-token-expired = Ihre Sitzung ist abgelaufen. Bitte beginnen Sie neu.
error-ticket-invalid = Der Chat konnte nicht gestartet werden. Bitte gehen Sie zurück und versuchen Sie es erneut.
error-portal-unknown = Unter dieser Adresse gibt es keine Supportseite.
error-portal-not-taking-chats = Im Moment kann niemand einen Chat annehmen.
error-conversation-unknown = Diese Unterhaltung ist nicht verfügbar.
error-conversation-deleted = Diese Unterhaltung wurde gelöscht. Es ist nichts davon aufbewahrt.
error-conversation-ended = Dieser Chat ist beendet.
error-case-unknown = Diesen Fall gibt es nicht, oder Sie haben keinen Zugriff darauf.
error-case-moved-on = { $who ->
    [other] Der Fall hat sich inzwischen geändert: Er ist jetzt
   *[technician] { $name } war schneller: Der Fall ist jetzt
  } { $state ->
    [pending] ausstehend
    [unassigned] nicht zugewiesen
    [assigned] zugewiesen
    [snoozed] zurückgestellt
    [resolved] gelöst
   *[changed] in einem anderen Zustand
  }.
error-case-not-assigned = Dieser Fall ist noch niemandem zugewiesen.
error-transcript-empty = Hier wurde noch nichts geschrieben, daher gibt es kein Protokoll.
error-email-unknown = Dafür ist keine E-Mail-Adresse bekannt. Bitte geben Sie eine an.
error-too-many-transcripts = Das Protokoll wurde schon mehrmals gesendet. Bitte versuchen Sie es in einer Stunde noch einmal.
error-protocol-unsupported = Diese Seite ist veraltet. Bitte laden Sie sie neu.
error-frame-too-large = Das ist zu groß, um angenommen zu werden. Bitte kürzen Sie es.
error-frame-invalid = Diese Seite und der Server verstehen sich nicht. Bitte laden Sie die Seite neu.
error-rate-limited = Das war zu viel auf einmal. Bitte warten Sie einen Moment und versuchen Sie es erneut.
error-text-empty = Diese Nachricht ist leer.
error-invalid-email = Das sieht nicht nach einer E-Mail-Adresse aus. Bitte prüfen Sie sie.
error-authentication-timeout = Der Verbindungsaufbau hat zu lange gedauert. Er wird von selbst wiederholt.
error-too-many-sockets = Das ist in zu vielen Fenstern geöffnet. Bitte schließen Sie einige davon.
error-message-conflict = An seiner Stelle wurde schon eine andere Nachricht gesendet. Bitte schreiben Sie sie noch einmal.
error-admission-taken = Dieser Chat wurde schon begonnen. Bitte drücken Sie noch einmal auf die Schaltfläche.
error-link-invalid = Dieser Link ist unvollständig. Bitte öffnen Sie ihn noch einmal aus der E-Mail.
error-survey-answered = Die Umfrage zu diesem Fall wurde bereits beantwortet. Vielen Dank.
error-survey-not-open = Im Moment gibt es keine Umfrage zu beantworten.
error-mail-unknown = Diese E-Mail gibt es nicht, oder Sie haben keinen Zugriff darauf.

## Portal: the page and its states

portal-title = Support
portal-title-company = Support von { $company }
portal-loading = Wird geladen
portal-unknown-title = Hier gibt es keine Supportseite
portal-unknown-text = Bitte prüfen Sie die Adresse. Falls Sie einem Link gefolgt sind, geben Sie dem Unternehmen Bescheid, das ihn geschickt hat.
portal-unavailable-title = Dienst nicht verfügbar
portal-unavailable-text = Wir bitten um Entschuldigung für eventuelle Unannehmlichkeiten.
portal-request-title = Im Moment ist niemand für einen Chat da
portal-request-text = Hinterlassen Sie Ihre Frage, und wir antworten per E-Mail. Sobald jemand zurück ist, bietet diese Seite Ihnen den Chat an.
portal-failed-title = Diese Seite konnte nicht geladen werden

## Portal: the form

form-title = Wie können wir Ihnen helfen?
form-text = Sagen Sie uns, wer Sie sind, und stellen Sie dann Ihre Frage im Chat.
form-first-name = Vorname
form-last-name = Nachname
form-email = E-Mail
form-email-hint = Damit wir Ihnen auch antworten können, wenn Sie gehen müssen.
form-email-optional = E-Mail (freiwillig)
form-email-hint-request = An diese Adresse geht unsere Antwort.
form-question = Ihre Frage
form-send = Senden
form-sending = Wird gesendet
form-chat-possible = Jetzt ist jemand für einen Chat da.
form-chat-instead = Lieber chatten
form-submit = Chatten
form-starting = Chat wird gestartet
form-errors = { $count ->
    [one] Ein Feld braucht Ihre Aufmerksamkeit.
   *[other] { NUMBER($count) } Felder brauchen Ihre Aufmerksamkeit.
  }

## Portal: the chat

chat-compose = Ihre Nachricht
chat-compose-first = Stellen Sie Ihre Frage
chat-compose-next = Nachricht schreiben
chat-empty-title = Was können wir für Sie tun, { $name }?
chat-empty-text = Stellen Sie Ihre Frage unten. Je mehr Sie uns sagen, desto schneller können wir helfen.
chat-waiting-title = Vielen Dank. Es ist gleich jemand für Sie da.
chat-waiting-text = Lassen Sie diese Seite geöffnet; Sie können Ihre Frage inzwischen ergänzen.
chat-waiting-time = Wartezeit
chat-waiting-leave = Wenn Sie nicht warten möchten, klicken Sie { $here } und hinterlassen Sie Ihre Frage.
chat-waiting-here = hier
chat-waiting-here-label = hier: nicht mehr warten und die Frage hinterlassen
chat-offer-title = Es dauert länger als gewöhnlich
chat-offer-text = Hinterlassen Sie Ihre Frage, und wir antworten per E-Mail. Oder warten Sie weiter: Ihr Platz bleibt Ihnen.
chat-offer-leave = Frage hinterlassen
chat-offer-wait = Weiter warten
chat-with = Mit { $name }
chat-not-joined = Noch niemand im Chat
chat-activity-joined = { $name } ist jetzt im Chat
chat-activity-taken = { $name } kümmert sich um Ihre Anfrage
chat-activity-left = { $name } hat den Chat verlassen
chat-activity-resolved = Die Anfrage wurde als gelöst markiert
chat-activity-reopened = Die Anfrage wurde wieder geöffnet
chat-activity-transferred = { $name } übernimmt
chat-activity-queued = Ihre Anfrage wartet auf eine andere Person aus dem Team
chat-activity-contact = Sie haben die Adresse { $email } angegeben
chat-activity-retracted = Eine Kopie einer Nachricht mit anderem Wortlaut wurde abgewiesen
chat-activity-other = Die Anfrage wurde aktualisiert
chat-ended-customer = Sie haben den Chat beendet
chat-ended-technician = Der Chat wurde vom Support beendet
chat-ended-resolved = Der Chat endete, weil die Anfrage gelöst ist
chat-ended-request = Sie haben nicht mehr gewartet und eine Anfrage gesendet
chat-ended-gone = Der Chat endete, weil diese Seite geschlossen war
chat-end = Chat beenden
chat-end-title = Diesen Chat beenden?
chat-end-text = Sie können jederzeit einen neuen Chat beginnen.
chat-end-yes = Ja
chat-end-no = Nein, weiter chatten
chat-ending = Chat wird beendet
chat-over-title = Dieser Chat ist beendet
chat-resolved-title = Ihre Anfrage ist gelöst
chat-over-text = Vielen Dank für Ihre Nachricht.
chat-over-new = Neuen Chat beginnen
chat-lost-title = Dieser Chat lässt sich nicht mehr öffnen
chat-lost-text = Vielleicht ist er zu alt. Sie können einen neuen beginnen.
chat-deleted-title = Diese Unterhaltung wurde gelöscht
chat-deleted-text = Es ist nichts davon aufbewahrt. Sie können jederzeit eine neue beginnen.

## Portal later: a request

request-title-request = Vielen Dank. Ihre Anfrage ist bei uns.
request-title-gone = Ihr Chat ist jetzt eine Anfrage
request-next = Wie es weitergeht
request-next-mail = Sie erhalten eine Bestätigung per E-Mail an { $email }.
request-next-answer = Jemand aus unserem Support liest Ihre Frage und antwortet per E-Mail.
request-next-number = Falls Sie sich noch einmal melden, nennen Sie bitte die Fallnummer.
request-next-no-email = Wir haben keine E-Mail-Adresse von Ihnen. Damit wir antworten können, beginnen Sie bitte neu und geben Sie eine an.
request-another = Weitere Frage stellen
request-deleted-title = Diese Anfrage wurde gelöscht
request-deleted-text = Es ist nichts davon aufbewahrt. Sie können jederzeit wieder fragen.
case-number = Fallnummer { $number }

## Portal later: a wait that is given up

leave-title = Ihre Frage hinterlassen
leave-text = Wir antworten per E-Mail. Was Sie im Chat geschrieben haben, kommt mit. Bis Sie senden, bleibt Ihnen Ihr Platz.
leave-text-to = Wir antworten per E-Mail an { $email }. Was Sie im Chat geschrieben haben, kommt mit. Bis Sie senden, bleibt Ihnen Ihr Platz.
leave-back = Weiter warten

## Portal later: the survey

survey-title = Wie zufrieden sind Sie?
survey-rating-1 = Sehr schlecht
survey-rating-2 = Schlecht
survey-rating-3 = In Ordnung
survey-rating-4 = Gut
survey-rating-5 = Sehr gut
survey-missing = Bitte wählen Sie eine der fünf Antworten.
survey-comment = Möchten Sie etwas hinzufügen? (freiwillig)
survey-send = Bewertung senden
survey-sending = Wird gesendet
survey-thanks = Vielen Dank für Ihre Bewertung
survey-given = Ihre Antwort: { $rating }

## Portal later: to take along

copies-download = Chatverlauf herunterladen
copies-form-txt = Text
copies-form-html = HTML
copies-form-pdf = PDF
copies-request = Gesprächsprotokoll anfordern
copies-requesting = Wird angefordert
copies-request-again = Noch einmal anfordern
copies-mail-requested = Das Protokoll ist unterwegs an { $email }.
copies-mail-sending = Das Protokoll ist unterwegs an { $email }.
copies-mail-waiting = Der Mailserver nimmt es im Moment nicht an. Wir versuchen es weiter; Sie können diese Seite schließen.
copies-mail-accepted = Das Protokoll wurde an { $email } gesendet.
copies-mail-failed = Das Protokoll ließ sich nicht an { $email } zustellen.
copies-mail-unknown = Die Verbindung brach beim Senden ab. Vielleicht ist es an { $email } angekommen; bitte sehen Sie zuerst dort nach.

## Status: a request as the link of a mail shows it

status-title = Ihre Anfrage { $number }
status-loading = Ihre Anfrage wird geladen
status-received = Wir haben sie erhalten
status-received-text = Jemand sieht sie sich bald an. Sie brauchen nichts zu tun.
status-in-progress = { $name } arbeitet daran
status-in-progress-somebody = Jemand arbeitet daran
status-in-progress-text = Sie hören von uns, sobald es etwas Neues gibt.
status-resolved = Sie ist gelöst
status-resolved-text = Wenn noch etwas offen ist, fragen Sie bitte erneut und nennen Sie die Nummer { $number }.
status-steps = Was bisher geschehen ist
status-step-received = Eingegangen
status-step-in-progress = In Bearbeitung
status-step-resolved = Gelöst
status-invalid-title = Dieser Link funktioniert nicht
status-invalid-text = Vielleicht wurde er unterwegs abgeschnitten. Bitte öffnen Sie ihn noch einmal aus der E-Mail oder kopieren Sie ihn ganz.
status-gone-title = Diese Anfrage ist nicht mehr da
status-gone-text = Sie wurde mit allem gelöscht, was dazugehörte. Sie können jederzeit erneut fragen.
status-failed-title = Ihre Anfrage kann im Moment nicht angezeigt werden

## Console: errors that customers never meet

field-whole-number = Bitte geben Sie eine ganze Zahl von 0 bis { NUMBER($max) } ein.
field-seconds = Bitte geben Sie eine ganze Zahl von Sekunden ein, von 1 bis { NUMBER($max) }.
field-days = Bitte geben Sie eine ganze Zahl von Tagen ein, von 1 bis { NUMBER($max) }.
error-chat-not-ended = Dieser Fall kann gelöscht werden, sobald sein Chat beendet ist.
error-customer-without-address = Von dieser Person ist keine E-Mail-Adresse bekannt. Bitte fragen Sie danach.
error-mail-was-sent = Diese E-Mail wurde schon gesendet, so wie sie vor Ihrer Änderung war. Wenn Sie noch einmal senden, geht sie als weitere E-Mail hinaus.
error-message-unknown = Diese Nachricht gibt es nicht mehr.
error-deletion-not-allowed = Nur wer sie geschrieben hat und Administratoren können diese Nachricht löschen.
error-session-ended = Sie sind abgemeldet. Bitte melden Sie sich wieder an.
error-received-mail-unknown = Diese E-Mail gibt es nicht (mehr).
error-inbox-entry-unknown = Diese Benachrichtigung gibt es nicht mehr.
error-administrators-only = Das können nur Administratoren.
error-api-key-invalid = Dieser API-Schlüssel ist nicht mehr gültig.
error-scope-missing = Dieser API-Schlüssel darf das nicht: Ihm fehlt das Recht { $scope }.
error-needs-technician = Ein API-Schlüssel kann keinen Fall übernehmen. Übergeben Sie ihn einem Techniker.
error-not-for-api-keys = Mit einem API-Schlüssel ist das nicht möglich.
error-api-key-rate-limited = Dieser API-Schlüssel hat seine { $limit } Anfragen pro Minute verbraucht. Bitte versuchen Sie es in { $seconds } s erneut.

## Console

# Words of many places
cancel = Abbrechen
save = Speichern
undo = Rückgängig

# The frame: top bar, menus, notices
console-navigation = Hauptmenü
console-cases = Fälle
console-settings = Einstellungen
console-messages = Meldungen
console-shortcuts = Tastenkürzel
console-session = Sitzung
console-theme = Darstellung
console-theme-system = Wie das System
console-theme-light = Hell
console-theme-dark = Dunkel
console-person-menu = { $name }: Sprache, Darstellung, Abmelden
console-status-menu = Status: { $status }
console-status-chats = Chat-Anfragen
console-available = Verfügbar
console-available-note = Sie sehen eingehende Anfragen, und neue werden Ihnen gemeldet.
console-not-available = Nicht verfügbar
console-not-available-note = Eingehende Anfragen sind ausgeblendet und stumm. Ihre eigenen Fälle laufen weiter.
console-not-available-note-shown = Eingehende Anfragen bleiben stumm, aber Sie sehen sie und können sie übernehmen. Ihre eigenen Fälle gehen weiter.
console-notifications = Benachrichtigungen
console-sound = Ton
console-sound-ask = Soll ein Ton erklingen, wenn ein Kunde wartet?
console-sound-enable = Ton einschalten
console-sound-decline = Kein Ton
console-sound-blocked = Ihr Browser blockiert den Ton noch. Sie würden einen wartenden Kunden nicht hören.
console-sound-blocked-short = Vom Browser blockiert
console-offline = Keine Verbindung. Die Anzeige ist möglicherweise veraltet; es wird von selbst weiter versucht.
unread-away = Das ist im Moment nicht verfügbar. Es wird von selbst weiter versucht.
console-unreachable-title = Deskbus antwortet nicht
console-alert-live-chat = Ein Kunde wartet: Live-Chat, Fallnummer { $number }
console-alert-request = Eine Supportanfrage ist eingegangen: Fallnummer { $number }
console-alert-email = Eine E-Mail ist eingegangen: Fall Nummer { $number }
console-alert-reopened = Ein Kunde hat sich wieder gemeldet: Fallnummer { $number }

# Signing in and out
console-sign-in-title = Bei Deskbus anmelden
console-sign-in = Anmelden
console-sign-out = Abmelden
console-email = E-Mail
console-password = Passwort
console-email-required = Bitte geben Sie Ihre E-Mail-Adresse ein.
console-email-invalid = Das sieht nicht wie eine E-Mail-Adresse aus. Beispiel: name@example.com
console-password-required = Bitte geben Sie Ihr Passwort ein.
console-session-ended = Ihre Sitzung ist beendet. Bitte melden Sie sich erneut an.
error-sign-in-failed = E-Mail oder Passwort stimmt nicht. Bitte prüfen Sie beides und versuchen Sie es erneut.
error-too-many-attempts = Zu viele Versuche. Bitte warten Sie einige Minuten und versuchen Sie es dann erneut.

# Filters and orders of lists
filter-bar = Filter und Sortierung
filter-add = Filtern
filter-by = Felder
filter-by-words = Wörter
filter-clear = Zurücksetzen
place-misread = Diese Adresse filtert nach etwas, das es nicht gibt: { $names }. Es wurde weggelassen.
filter-remove = Filter entfernen: { $field }
filter-chip = { $field }: { $values }
filter-words = Wörter eingeben
filter-no-choice = Noch gibt es nichts auszuwählen.
filter-me = Ich
filter-category = Aktiv oder geschlossen
filter-category-active = Aktiv
filter-category-closed = Geschlossen
filter-state = Status
filter-follow-up = Nachfassen
filter-follow-up-active = Aktiv
filter-follow-up-active-note = Noch keine Folge-E-Mail, oder der Kunde schrieb seitdem
filter-follow-up-closed = Geschlossen
filter-follow-up-closed-note = Eine Folge-E-Mail wurde gesendet
filter-technician = Zuständig
filter-label = Label
filter-priority = Priorität
filter-flagged = Markierung
filter-flagged-true = Markiert
filter-flagged-false = Nicht markiert
filter-type = Art
filter-portal = Portal
filter-spam = Spam
filter-spam-true = Nur Spam
filter-customer = Von
filter-title = Titel
filter-q = Überall
filter-nothing = Kein Fall passt
filter-nothing-text = In dieser Liste erfüllt kein Fall alles, was der Filter verlangt.
filter-hides = Ohne eines davon gibt es Fälle:
filter-without = Ohne { $what }
filter-save = Diesen Filter speichern
filter-name = Name
filter-share = Für alle im Konto freigeben
filter-shared = Für alle freigegeben
filter-save-new = Als neuen speichern
filter-save-changes = Änderungen speichern
filter-saved = { $name } ist gespeichert.
filter-saved-title = Gespeicherte Filter
filter-actions = Aktionen für { $name }
filter-delete = Filter löschen
sort-title = Sortieren nach
sort-by = Sortiert nach: { $order }
sort-direction = Richtung
sort-turned = Umgekehrt
sort-created = Erstellt
sort-updated = Geändert
sort-customer = Letzte Kundennachricht
sort-waiting = Längste Wartezeit
sort-priority = Priorität
sort-sla = Zuerst fällig
sort-relevance = Beste Treffer

# The lists of cases
console-lists = Falllisten
console-list-unassigned = Nicht zugewiesen
console-list-mine = Meine Fälle
console-list-all = Alle Fälle
console-empty-unassigned = Niemand wartet
console-empty-unassigned-text = Ein neuer Fall erscheint hier von selbst, mit einem Ton, wenn Sie verfügbar sind.
console-away-title = Sie sind nicht verfügbar
console-away-text = Eingehende Anfragen sind ausgeblendet und werden nicht gemeldet. Ihre eigenen Fälle laufen unter „Meine Fälle“ weiter.
console-hidden-all = Fälle, die auf jemanden warten, sind ausgeblendet, solange Sie nicht verfügbar sind.
console-become-available = Verfügbar werden
console-no-portal = Noch kein Kundenportal
console-no-portal-text = Fälle kommen über das Kundenportal eines Unternehmens. Sobald ein Unternehmen, auf das Sie Zugriff haben, eines hat, erscheinen seine Fälle hier.
console-no-portal-administrator = Sie sind Administrator: Das erste Portal braucht ein Unternehmen und eine eigene Adresse.
console-no-portal-technician = Ein Administrator legt das Portal an oder gibt Ihnen Zugriff auf das Unternehmen.
console-add-portal = Kundenportal hinzufügen
console-look-again = Erneut prüfen
console-empty-mine = Keine Fälle von Ihnen
console-empty-mine-text = Fälle, die Sie sich zuweisen, bleiben hier, bis sie gelöst sind.
console-empty-all = Noch keine Fälle
console-empty-all-text = Hier steht jeder Fall Ihrer Kunden, gleich, wer ihn bearbeitet.
console-loading-more = Weitere werden geladen
console-unseen = { $count ->
    [one] { $count } neuer Fall
   *[other] { $count } neue Fälle
}
console-unread = { $count ->
    [one] { $count } ungelesene Nachricht
   *[other] { $count } ungelesene Nachrichten
}
console-type-live-chat = Live-Chat
console-type-request = Supportanfrage
console-type-email = E-Mail
console-type-call = Anruf
console-type-ended = beendet
console-no-preview = Noch keine Frage
console-you = Sie
console-time-waiting = Wartet
console-time-live = Im Chat
console-time-request = Offen
console-time-ended = Dauerte
console-time-title = { $what }, seit { $since }
console-unanswered = Unbeantwortet seit
console-unanswered-since = Der Kunde wartet auf eine Antwort seit { $since }
console-resize-list = Breite der Liste
console-resize-details = Breite der Details

# Einen Fall endgültig löschen, und der Beleg darüber.

console-delete = Fall löschen
console-delete-live = Fall löschen (sobald sein Chat beendet ist)
console-delete-text = Namen, Adressen, der Chat, Dateien und alle anderen Einzelheiten von Fall #{ $number } werden endgültig gelöscht, auch für die Kundin oder den Kunden. Das lässt sich nicht rückgängig machen.
console-deleted = Fall #{ $number } ist gelöscht.
console-deleted-receipt = Beleg zeigen
console-deleted-by = { $name } hat Fall #{ $number } gelöscht.
console-deleted-title = Dieser Fall wurde gelöscht
console-deleted-text = Jemand mit Verwaltungsrechten hat ihn endgültig gelöscht, mit allem, was darin war.
settings-erasures = Gelöschte Fälle

## Console settings: errors of what is kept there

error-label-taken = Ein Label mit diesem Namen gibt es schon. Bitte wählen Sie einen anderen Namen.
error-too-many-labels = Das Konto hat so viele Labels, wie es haben kann. Bitte legen Sie zuerst einige still.
error-macro-taken = Ein Makro mit diesem Namen gibt es schon. Bitte wählen Sie einen anderen Namen.
error-too-many-macros = Mehr Makros sind nicht möglich. Bitte löschen Sie zuerst einige.
error-rule-unknown = Diese Regel gibt es nicht mehr.
error-too-many-rules = Mehr Regeln sind nicht möglich. Bitte löschen Sie zuerst einige.
error-rule-broken = Diese Regel nennt etwas, das es nicht mehr gibt. Bitte berichtigen Sie sie zuerst.
error-company-has-portal = Diese Firma hat schon ein Portal. Bitte ändern Sie dieses oder wählen Sie eine andere Firma.

## Console settings: deleted cases

settings-erasures-about = Was aus jedem gelöschten Fall geworden ist, Speicher für Speicher. Von dem, was darin war, gibt es nichts mehr zu zeigen.
settings-erasures-by = Gelöscht von { $name }, { $time }
settings-erasures-more = Mehr zeigen
settings-erasures-none = Es wurde kein Fall gelöscht
settings-erasures-none-text = Mit Verwaltungsrechten löschen Sie einen Fall in der Leiste über seinen Einzelheiten, sobald sein Chat beendet ist.
erasure-state-purging = Wird gelöscht
erasure-state-incomplete = Unvollständig
erasure-state-purged = Gelöscht
erasure-state-complete = Vollständig
erasure-about-purging = Jeder Dienst wurde gebeten zu löschen, was er hat, und antwortet Speicher für Speicher.
erasure-about-incomplete = Ein Dienst hat nicht geantwortet oder konnte einen Speicher nicht leeren. Er wird von selbst wieder gefragt, bis er es kann.
erasure-about-purged = Jeder Dienst hat gelöscht, was er hatte. Alle sehen noch einmal nach, ob etwas unterwegs war.
erasure-about-complete = Jeder Dienst hat gelöscht, was er hatte; beim zweiten Nachsehen fand sich nichts mehr.
erasure-attempts = Gefragt wurde { NUMBER($count) }-mal.
erasure-completed = Vollständig seit { $time }.
erasure-stores = Speicher für Speicher
erasure-service = Dienst
erasure-answer = Antwort
erasure-removed = Entfernt
erasure-service-portal = Einlass
erasure-service-chat = Unterhaltungen
erasure-service-cases = Fälle
erasure-service-notify = Hinweise und E-Mails
erasure-service-transcripts = Protokolle
erasure-answer-waiting = Noch keine Antwort
erasure-answer-failed = Nicht alles gelöscht
erasure-answer-purged = Gelöscht
erasure-store-data-key = Datenschlüssel
erasure-store-outbox = Gesendete Nachrichten
erasure-store-parked = Zurückgelegte Nachrichten
erasure-store-timers = Zeitgeber
erasure-store-rule-runs = Läufe von Regeln
erasure-store-conversations = Unterhaltung
erasure-store-entries = Einträge
erasure-store-cursors = Lesezeichen
erasure-store-tickets = Eintrittskarten
erasure-store-cases = Fall
erasure-store-history = Verlauf
erasure-store-waits = Wartezeiten
erasure-store-decisions = Hinweise
erasure-store-streams = Ereigniszähler
erasure-store-mails = E-Mails
erasure-store-planned = Geplante Umfragen
erasure-store-admissions = Einlässe
erasure-store-dead-letters = Unzustellbare Ereignisse
erasure-store-contacts = Angaben zum Kontakt
erasure-store-looks = Aufrufe des Falls
erasure-store-inbox-entries = Benachrichtigungen
erasure-store-received = Empfangene E-Mails
erasure-store-received-pieces = Teile empfangener E-Mails
erasure-broker = Auf dem Nachrichtenvermittler
erasure-tombstone = Schlüssel vernichtet durch den Eintrag in Partition { $partition }, Position { $offset }, { $time }.
erasure-tombstone-none = Der Eintrag, der den Schlüssel vernichtet, ist noch nicht geschrieben.
erasure-key-gone-by = Der verschlüsselte Schlüssel selbst ist spätestens { $time } verdichtet und fort.
erasure-key-embedded = Der eingebaute Vermittler behält den verschlüsselten Schlüssel im Speicher, bis er endet.
erasure-topic-gone-by = Schon jetzt unlesbar; der letzte Eintrag verschwindet spätestens { $time }.
erasure-topic-embedded = Schon jetzt unlesbar; der eingebaute Vermittler vergisst es, wenn er endet.
erasure-remains = Was niemand löschen kann
erasure-remains-database-files = Blöcke, die MongoDB aufgegeben, aber noch nicht überschrieben hat, sein Journal und sein Operationsprotokoll. Alles darin ist verschlüsselt, auch der Schlüssel des Falls: Ihn öffnet nur das Geheimnis dieser Installation.
erasure-remains-backups = Sicherungen von vorher, bis sie ersetzt werden. Für sie gilt dasselbe.
erasure-remains-mails-delivered = E-Mails, die jemandem schon zugestellt waren.

## Console: conversations, contacts, and what belongs together

# The conversation
console-conversation = Unterhaltung
console-nothing-selected = Kein Fall ausgewählt
console-nothing-selected-text = Wählen Sie einen Fall aus der Liste, um die Unterhaltung zu lesen und zu helfen.
console-case-missing = Dieser Fall kann nicht angezeigt werden
console-hidden-case = Dieser Fall wird nicht angezeigt
console-hidden-case-text = Falls er auf jemanden wartet, ist er ausgeblendet, solange Sie für Chat-Anfragen nicht verfügbar sind.
console-back-to-list = Zurück zur Liste
console-back-to-conversation = Zurück zur Unterhaltung
console-no-messages = { $name } hat noch nichts geschrieben.
console-reply-label = Nachricht an { $name }
console-reply-placeholder = An { $name } schreiben
console-hint-assign = Weisen Sie sich den Fall zu, um zu antworten.
console-hint-other = { $name } bearbeitet diesen Fall.
console-hint-ended-no-email = Dieser Chat ist beendet, und es ist keine E-Mail-Adresse bekannt.
console-hint-request-no-email = Der Kunde hat keine E-Mail-Adresse hinterlassen, daher lässt sich diese Anfrage nicht per E-Mail beantworten.
console-write-mail = E-Mail schreiben
console-email-none = Nicht bekannt
console-leave = Chat verlassen
console-leave-title = Diesen Chat verlassen?
console-leave-text = Der Chat endet für Sie und für { $name } und kann nicht fortgesetzt werden. Der Fall bleibt bei Ihnen.
console-leave-yes = Chat verlassen
console-resolve-title = Fall lösen und Chat beenden?
console-resolve-text = { $name } ist noch im Chat. Er endet für Sie beide und kann nicht fortgesetzt werden.
console-resolve-yes = Fall lösen
console-device = Geräteinformationen
console-device-unknown = Der Browser des Kunden hat nichts über sich mitgeteilt.
console-device-browser = Browser
console-device-system = System
console-device-kind = Art des Geräts
console-device-kind-desktop = Computer
console-device-kind-mobile = Telefon
console-device-kind-tablet = Tablet
console-device-page = Seite
console-device-user-agent = In eigenen Worten
console-device-language = Sprache
console-device-time-zone = Zeitzone
console-device-screen = Bildschirm
console-activity-joined = { $name } ist dem Chat beigetreten
console-activity-joined-you = Sie sind dem Chat beigetreten
console-activity-taken = { $name } hat den Fall übernommen
console-activity-taken-you = Sie haben den Fall übernommen
console-activity-left = { $name } hat den Chat verlassen
console-activity-resolved = { $name } hat den Fall gelöst
console-activity-resolved-you = Sie haben den Fall gelöst
console-activity-reopened = { $name } hat den Fall wieder geöffnet
console-activity-reopened-you = Sie haben den Fall wieder geöffnet
console-activity-retracted = Eine Kopie einer Nachricht mit anderem Wortlaut wurde abgewiesen
console-activity-transferred = { $name } übernimmt
console-activity-queued = Der Fall ging zurück in die Warteschlange
console-activity-other = Der Fall wurde aktualisiert
console-contact = { $name } hat die Adresse { $email } angegeben
console-ended-customer = { $name } hat den Chat beendet
console-ended-technician = { $name } hat den Chat beendet
console-ended-you = Sie haben den Chat beendet
console-ended-somebody = Der Chat wurde beendet
console-ended-resolved = Der Chat endete, weil der Fall gelöst wurde
console-ended-request = { $name } wollte nicht länger warten und hat eine Supportanfrage gesendet
console-ended-gone = { $name } hat die Seite geschlossen, bevor jemand beigetreten ist; der Chat ist jetzt eine Supportanfrage

# A follow-up email to the customer (S31, S61)
console-mail-tab = E-Mail
console-mail-to = E-Mail an { $email }
console-mail-line-to = An
console-mail-subject = Betreff
console-mail-text = Text der E-Mail
console-mail-placeholder = An { $name } schreiben
console-mail-hint = Anrede und Unterschrift kommen in der Sprache des Kunden hinzu.
console-mail-hint-live = Der Kunde ist im Chat: Eine Antwort dort erreicht ihn eher.
console-mail-keys = Strg+Eingabe sendet.
console-mail-send = E-Mail senden
console-mail-assign-and-send = Mir zuweisen und senden
console-mail-not-taken = Nicht gesendet: Der Fall konnte Ihnen nicht zugewiesen werden. Ihr Text bleibt erhalten.
console-mail-moved-on = { $news } Ihre E-Mail wurde nicht gesendet. Senden Sie sie erneut, wenn sie noch passt.
console-mail-card = E-Mail an den Kunden
console-mail-card-to = schrieb an { $email }
console-mail-fate-requested = Unterwegs zum Mailserver
console-mail-fate-sending = Unterwegs zum Mailserver
console-mail-fate-waiting = Noch nicht gesendet: Der Mailserver nimmt sie nicht an. Bis zu einem Tag lang wird es von selbst erneut versucht.
console-mail-fate-accepted = Gesendet: Der Mailserver hat sie angenommen
console-mail-fate-failed = Nicht zugestellt. Prüfen Sie die Adresse mit dem Kunden, und schreiben Sie dann erneut.
console-mail-fate-unknown = Vielleicht angekommen: Die Verbindung brach ab. Sie wird nicht von selbst erneut gesendet.
console-mail-again = Erneut schreiben
console-follow-up = Folge-E-Mail
console-past-mails = E-Mails

# Somebody was gone for long
console-away = Sie wurden auf „nicht verfügbar“ gesetzt ({ $at }), weil Ihre Konsole seit { $since } nicht verbunden war.
console-away-stay = Nicht verfügbar bleiben

# Who else is at a case
console-onlooker-looking = { $name } sieht sich diesen Fall an
console-onlooker-typing = { $name } schreibt eine Antwort
console-onlookers-typing = { $count ->
    [one] Eine Person aus dem Team schreibt eine Antwort
   *[other] { $count } Personen aus dem Team schreiben eine Antwort
}

# What can be done with a message
console-message-menu = Aktionen der Nachricht
console-message-copy = Kopieren
console-message-copied = Die Nachricht wurde kopiert.
console-message-not-copied = Dieser Browser erlaubt das Kopieren nicht. Bitte markieren Sie den Text.
console-message-delete = Löschen
console-message-delete-question = Diese Nachricht löschen?
console-message-delete-text = Ihr Text verschwindet für Sie und für den Kunden, aus dem Fall und aus Protokollen, und kann nicht wiederhergestellt werden. Beide Seiten sehen, dass Sie sie gelöscht haben.

# The details of a case and what is done with it
console-details = Falldetails
console-case-title = Fall #{ $number }
console-status = Status
console-case-status = Status des Falls: { $state }
console-state-pending = Ausstehend
console-state-unassigned = Nicht zugewiesen
console-state-assigned = Zugewiesen
console-state-snoozed = Zurückgestellt
console-state-resolved = Gelöst
console-assignee = Zugewiesen an
console-nobody = Niemanden
console-name-you = { $name } (Sie)
console-created = Erstellt
console-requested = Angefragt
console-requested-after = nach { $waited } Wartezeit
console-survey = Umfrage
console-rating = { $rating } von 5
console-customer = Kunde
console-first-name = Vorname
console-last-name = Nachname
console-portal = Portal
console-problem = Problem
console-action-assign = Mir zuweisen
console-action-resolve = Fall lösen
console-action-reopen = Fall wieder öffnen
console-action-open = Fall öffnen
console-done-resolve = Fall #{ $number } ist gelöst.
console-done-reopen = Fall #{ $number } ist wieder offen und gehört Ihnen.
console-done-open = Fall #{ $number } ist offen und gehört Ihnen.
console-done-spam = Fall #{ $number } ist als Spam gekennzeichnet.
console-done-snooze = Fall #{ $number } ist zurückgestellt.
console-done-pending = Fall #{ $number } ist ausstehend.
console-done-transfer = Fall #{ $number } ist übergeben.
console-moved-on = Fall #{ $number } hat sich inzwischen geändert.
console-moved-on-you = Das haben Sie bereits getan, in einem anderen Fenster.
console-moved-on-unassigned = { $name } hat Fall #{ $number } wieder freigegeben.
console-moved-on-assigned = { $name } war schneller und hat jetzt Fall #{ $number }.
console-moved-on-resolved = { $name } hat Fall #{ $number } bereits gelöst.
console-moved-on-snoozed = { $name } hat Fall #{ $number } zurückgestellt.
console-moved-on-pending = { $name } hat Fall #{ $number } als ausstehend markiert.

# Was gezeigt wurde und nicht galt
console-taken-back = Fall #{ $number } ist wieder wie zuvor. { $why }
console-note-lost = Die Notiz zu Fall #{ $number } wurde nicht gespeichert. { $why }
console-message-kept = Die Nachricht in Fall #{ $number } wurde nicht gelöscht. { $why }
error-label-unknown = Dieses Label gibt es nicht mehr. Bitte wählen Sie ein anderes.
error-cursor-invalid = Dieser Versuch kann nicht fortgesetzt werden. Bitte starten Sie ihn neu.
error-macro-unknown = Dieses Makro gibt es nicht mehr. Bitte wählen Sie ein anderes.
error-portal-not-found = Dieses Portal gibt es nicht. Bitte laden Sie die Seite neu.
error-snooze-in-past = Dieser Zeitpunkt ist vorbei. Bitte wählen Sie einen späteren.
error-snooze-too-long = Ein Fall lässt sich höchstens um ein Jahr zurückstellen. Bitte wählen Sie einen früheren Zeitpunkt.
error-nothing-to-undo = Diese Änderung lässt sich nicht mehr rückgängig machen.
error-technician-cannot-take = Diese Person hat keinen Zugriff auf den Fall. Bitte wählen Sie jemand anderen.
error-not-in-account = In Ihrem Konto gibt es dieses Portal oder diese Person nicht mehr. Bitte laden Sie die Seite neu.
error-company-unknown = Diese Firma gibt es nicht mehr. Bitte laden Sie die Seite neu.
error-own-portal-unknown = Dieses Portal gibt es nicht mehr. Bitte laden Sie die Seite neu.
error-moment-unknown = Zu diesem Zeitpunkt gab es den Fall noch nicht.

# Kontakte

error-contact-unknown = Diesen Kontakt gibt es nicht, oder Sie dürfen keinen seiner Fälle sehen.
error-contact-moved-on = Jemand hat diesen Kontakt inzwischen geändert. Bitte sehen Sie ihn noch einmal an.
error-contact-address-taken = Diese Adresse gehört einem anderen Kontakt. Bitte führen Sie die beiden Kontakte zusammen.
error-contact-same = Ein Kontakt kann nicht mit sich selbst zusammengeführt werden. Bitte wählen Sie einen anderen.
error-contact-elsewhere = Dieser Kontakt hat Fälle von Firmen, auf die Sie keinen Zugriff haben. Bitten Sie jemanden, der auf alle Zugriff hat.
error-portal-not-yours = Dieses Portal gehört nicht zu denen, für die Sie arbeiten. Bitte wählen Sie ein anderes.
error-case-is-merged = Dieser Fall wurde mit einem anderen zusammengeführt. Bitte arbeiten Sie dort weiter, oder machen Sie es rückgängig.
error-case-not-merged = Dieser Fall ist nicht mit einem anderen zusammengeführt.
error-case-same = Ein Fall kann nicht mit sich selbst zusammengeführt werden. Bitte wählen Sie einen anderen.
error-case-other-company = Nur Fälle derselben Firma können zusammengeführt werden.
error-case-still-live = Ein Fall kann mit einem anderen zusammengeführt werden, sobald sein Chat beendet ist.
contacts-title = Kontakte
contact-title = Kontakt
contact-open = Kontakt öffnen
contact-none = Aus diesem Kunden wird ein Kontakt, sobald seine E-Mail-Adresse bekannt ist.
contact-verified = Bestätigt
contact-unverified = Nicht bestätigt
contact-unverified-text = Die Adresse wurde nur eingetippt. Das kann jeder.
contact-verify = Als bestätigt markieren
contact-unverify = Doch nicht bestätigt
previous-title = Frühere Gespräche
previous-none = Kein anderes Gespräch dieses Kunden.
previous-more = Mehr anzeigen
contacts-search = Kontakte durchsuchen
contacts-none = Noch keine Kontakte
contacts-none-text = Aus einem Kunden wird ein Kontakt mit seinem ersten Fall, der eine E-Mail-Adresse hat.
contacts-not-found = Kein Kontakt passt
contacts-not-found-text = Suchen Sie nach dem Anfang eines Namens, einer Adresse, einer Organisation oder einer Telefonnummer.
contact-nothing = Wählen Sie einen Kontakt
contact-nothing-text = Hier sehen Sie, was von einem Kunden bekannt ist, und alle seine Fälle.
contact-cases = { $count ->
    [one] 1 Fall
   *[other] { $count } Fälle
}
contact-cases-title = Fälle
contact-emails = E-Mail-Adressen
contact-emails-hint = Eine Adresse in jeder Zeile. Fälle mit einer davon gehören zu diesem Kontakt.
contact-organisation = Organisation
contact-phone = Telefon
contact-note = Notiz
contact-note-hint = Nur Ihr Team sieht sie.
contact-first-seen = Zuerst gesehen
contact-last-seen = Zuletzt gesehen
contact-edit = Kontakt bearbeiten
contact-merge = Kontakte zusammenführen
contact-merge-into = Mit einem anderen Kontakt zusammenführen
contact-merge-text = Der gewählte Kontakt wird Teil von diesem, mit allen seinen Fällen. Das lässt sich nicht rückgängig machen.
contact-merge-search = Welcher Kontakt ist dieselbe Person?
contact-back = Zurück zu den Kontakten
contact-unnamed = Ohne Namen
console-did-contact-linked = { $name } hat geändert, ob der Kunde bestätigt ist
contact-merged = Die Kontakte wurden zusammengeführt
contact-delete = Kontakt löschen
contact-delete-question = Diesen Kontakt löschen?
contact-delete-text = Der Kontakt und alle seine Fälle werden endgültig gelöscht, in allen Diensten, mit einem Beleg für jeden Fall. Das lässt sich nicht rückgängig machen.
contact-deleted = Der Kontakt ist gelöscht. Die Belege stehen in den Einstellungen.

# Fälle von Hand, zusammengeführt und abgetrennt

console-time-received = Seit dem Eingang
make-title = Neuer Fall
make-from = Neuer Fall aus #{ $number }
make-split = Von #{ $number } abtrennen
make-from-menu = Neuer Fall aus diesem
make-split-menu = Neuer Fall ab hier
make-from-text = Der neue Fall verweist auf #{ $number } und zeigt, was dort gesagt wurde. Das Gespräch selbst bleibt bei #{ $number }.
make-type = Was es ist
make-name = Titel des Falls
field-optional = { $field } (freiwillig)
make-mine = Mir zuweisen
make-do = Fall anlegen
merge-menu = Mit anderem Fall zusammenführen
merge-title = #{ $number } mit einem anderen Fall zusammenführen
merge-text = Der Fall wird gelöst und geht in dem anderen weiter, der beide Gespräche zeigt. Was der Kunde später schreibt, kommt dort an. Sie können es rückgängig machen.
merge-search = Mit welchem Fall stimmt er überein?
merge-none = Kein Fall gefunden. Suchen Sie nach Nummer, Name oder Titel.
merge-do = Zusammenführen
merge-done = #{ $number } wurde mit #{ $into } zusammengeführt
merge-undo = Zusammenführung rückgängig machen
merge-undone = #{ $number } geht wieder für sich weiter
merge-notice = Dieser Fall wurde mit #{ $number } zusammengeführt.
merge-open = #{ $number } öffnen
merge-into-fact = Geht weiter in
merge-from-fact = Enthält
refers-fact = Entstanden aus
elsewhere-label = { $name } in #{ $number }
command-make-words = anlegen erstellen Anruf Telefon E-Mail Anfrage von Hand
command-merge-words = Dublette verbinden vereinen
console-did-merged = { $name } hat diesen Fall mit #{ $number } zusammengeführt
console-did-unmerged = { $name } hat die Zusammenführung mit #{ $number } rückgängig gemacht
console-did-absorbed = { $name } hat #{ $number } mit diesem Fall zusammengeführt
console-did-released = { $name } hat #{ $number } wieder aus diesem Fall herausgelöst
console-did-split = { $name } hat aus diesem Fall #{ $number } gemacht

# Search
console-search = Fälle suchen
console-search-label = Fälle nach Name, Nummer, Titel oder Wörtern suchen
console-search-none = Kein Fall passt. Versuchen Sie es mit weniger oder anderen Wörtern.
console-search-found = Gefundene Fälle
console-search-count = { $count ->
    [one] Ein Fall gefunden
   *[other] { $count } Fälle gefunden
  }
error-search-too-short = Bitte geben Sie mindestens { $least } Zeichen ein.
error-sort-needs-search = Nach Relevanz lässt sich nur sortieren, wenn nach Wörtern gesucht wird.
error-filter-unknown = Diesen Filter gibt es nicht mehr.
error-filter-taken = Einen Filter mit diesem Namen gibt es schon. Bitte wählen Sie einen anderen Namen.
error-too-many-filters = Mehr Filter sind nicht möglich. Bitte löschen Sie zuerst einige.
error-filter-not-yours = Nur wer diesen Filter angelegt hat, oder die Administration, kann ihn ändern.
error-words-not-kept = Suchwörter können nicht gespeichert werden, weil sie Kunden nennen können. Bitte nehmen Sie sie zuerst heraus.

# What technicians do with a case
console-assignee-of = Zugewiesen: { $name }
console-assign-to = Zuweisen an
console-queue = Warteschlange
console-to-queue = Zurück in die Warteschlange
console-to-queue-short = Zurückgeben
console-transfer-to = An { $name } übergeben
console-transfer = Fall übergeben
console-hand-over = An jemanden übergeben
console-transfer-note = Notiz für die Übernahme
console-transfer-hint = Nur das Team sieht sie. Sie können das Feld leer lassen.
console-snooze = Zurückstellen
console-snooze-until = Zurückstellen bis
console-snooze-reply = Zur nächsten Antwort
console-snooze-reply-days = { $days ->
    [one] Zur nächsten Antwort, höchstens einen Tag
   *[other] Zur nächsten Antwort, höchstens { NUMBER($days) } Tage
}
console-snooze-tomorrow = Morgen, { $time }
console-snooze-next-week = Nächste Woche, { $day } { $time }
console-snooze-chosen = Zeitpunkt wählen
console-snooze-short = Fall zurückstellen
console-snooze-time = Fall wieder öffnen am
console-snoozed = Zurückgestellt bis
console-labels = Labels
console-labels-add = Labels hinzufügen
console-labels-none = Noch keine Labels.
console-labels-make = Erstes anlegen
console-label-remove = Label { $title } entfernen
console-more = Weitere Aktionen
console-rename = Fall benennen
console-title = Name
console-title-hint = Das Team findet den Fall damit. Der Kunde sieht ihn nicht.
console-flag = Markieren
console-unflag = Markierung entfernen
console-flagged = Markiert
console-mute = Stummschalten
console-unmute = Stummschaltung aufheben
console-muted = Stumm
console-muted-text = Stumm: niemand wird alarmiert. Nachrichten kommen weiterhin an.
console-spam = Als Spam kennzeichnen
console-no-spam = Kein Spam
console-is-spam = Spam
console-priority = Priorität
console-priority-urgent = Dringend
console-priority-high = Hoch
console-priority-normal = Normal
console-priority-low = Niedrig
console-write = Schreiben
console-reply = Antwort
console-note = Private Notiz
console-note-label = Private Notiz, nur für das Team
console-note-placeholder = Notiz schreiben. Mit @ sprechen Sie jemanden an.
console-note-hint = Für den Kunden nie sichtbar
console-note-add = Notiz hinzufügen
console-team = Team

# The notification inbox (S50)

console-inbox = Benachrichtigungen
console-inbox-button =
    { $count ->
        [0] Benachrichtigungen
        [100] Benachrichtigungen, über 99 ungelesen
       *[other] Benachrichtigungen, { $count } ungelesen
    }
console-inbox-only-unread = Ungelesen
console-inbox-read-all = Alle gelesen
console-inbox-more = Ältere anzeigen
console-inbox-empty = Nichts Neues für Sie
console-inbox-empty-text = Hier erfahren Sie, wenn jemand Sie in einer Notiz erwähnt, wenn ein Fall Ihnen zufällt, wenn einer Ihrer Fälle zurückkommt und wenn eine Ihrer E-Mails nicht ankommt.
console-inbox-all-read = Alles ist gelesen
console-inbox-unread = Ungelesen:
console-inbox-mark-read = Als gelesen markieren
console-inbox-mark-unread = Als ungelesen markieren
console-inbox-remove = Entfernen
console-inbox-news =
    { $count ->
        [one] Eine neue Benachrichtigung
       *[other] { $count } neue Benachrichtigungen
    }
console-inbox-about = { $text }, Fall #{ $number }
console-inbox-mentioned = { $name } hat Sie in einer Notiz erwähnt
console-inbox-assigned = { $name } hat Ihnen einen Fall zugewiesen
console-inbox-assigned-desk = Ihnen wurde automatisch ein Fall zugewiesen
console-inbox-transferred = { $name } hat Ihnen einen Fall übergeben
console-inbox-transferred-desk = Ihnen wurde automatisch ein Fall übergeben
console-inbox-woken = { $name } hat Ihren zurückgestellten Fall geöffnet
console-inbox-woken-desk = Ihr zurückgestellter Fall ist wieder offen
console-inbox-reopened = { $name } hat Ihren Fall wieder geöffnet
console-inbox-reopened-desk = Der Kunde hat Ihren gelösten Fall wieder geöffnet
console-inbox-sla-warned-desk = Ihr Fall ist bald fällig
console-inbox-sla-breached-desk = Ihr Fall ist überfällig
console-inbox-sla-warned-unclaimed-desk = Ein Fall, den niemand hat, ist bald fällig
console-inbox-sla-breached-unclaimed-desk = Ein Fall, den niemand hat, ist überfällig
console-inbox-mail-bounced-desk = Ihre E-Mail an einen Kunden wurde nicht zugestellt
console-inbox-other = In einem Ihrer Fälle ist etwas geschehen
command-inbox-read-all = Alle Benachrichtigungen als gelesen markieren
command-inbox-words = Posteingang Glocke Erwähnungen

# What happened to a case

console-history = Verlauf
console-history-all = Alle { $count } anzeigen
console-history-none = Noch ist nichts geschehen.
console-travel = Zurückblicken
console-travel-title = Fall #{ $number }, wie er war
console-travel-moment = Zeitpunkt
console-somebody = Jemand
# Inside a sentence.
console-you-within = Sie
console-you-name = { $name } (Sie)
console-the-desk = Das System
console-field-title = Name
console-field-priority = Priorität
console-field-flagged = Markierung
console-field-muted = Stummschaltung
console-field-spam = Spam-Kennzeichen
console-mark-priority = Priorität von { $before } auf { $after }
console-mark-title-set = Name „{ $after }“
console-mark-title = Name von „{ $before }“ zu „{ $after }“
console-mark-title-removed = Name „{ $before }“ entfernt
console-mark-on = { $field } gesetzt
console-mark-off = { $field } entfernt
console-did-opened = { $name } hat den Fall eröffnet
console-did-described = { $name } hat das Problem beschrieben
console-did-heard = { $name } hat geschrieben
console-did-answered = { $name } hat geantwortet
console-did-assigned = { $name } hat den Fall zugewiesen an: { $to }
console-did-transferred = { $name } hat den Fall übergeben an: { $to }
console-did-queued = { $name } hat den Fall in die Warteschlange zurückgegeben
console-did-resolved = { $name } hat den Fall gelöst
console-did-reopened = { $name } hat den Fall wieder geöffnet
console-did-chat-ended = Der Chat wurde beendet
console-did-requested = { $name } hat aus dem Chat eine Anfrage gemacht
console-did-contact-changed = { $name } hat eine E-Mail-Adresse angegeben
console-did-ready = Der Fall wartet auf jemanden aus dem Team
console-did-pending = { $name } hat den Fall als ausstehend markiert
console-did-snoozed = { $name } hat den Fall bis zur nächsten Antwort zurückgestellt
console-did-snoozed-reply = { $name } hat den Fall bis zur nächsten Antwort zurückgestellt, längstens bis { $until }
console-did-snoozed-until = { $name } hat den Fall zurückgestellt bis { $until }
console-did-woken = Der Fall ist wieder offen
console-did-labelled-added = { $name } hat { $labels } hinzugefügt
console-did-labelled-removed = { $name } hat { $labels } entfernt
console-did-labelled-both = { $name } hat { $added } hinzugefügt und { $removed } entfernt
console-did-edited = { $name } hat geändert: { $fields }
console-did-noted = { $name } hat eine private Notiz geschrieben
console-did-mailed = { $name } hat per E-Mail geschrieben
console-did-followed-up = { $name } hat eine E-Mail geschrieben: { $subject }
console-did-follow-up-waiting = Eine E-Mail konnte noch nicht gesendet werden und wird erneut versucht
console-did-follow-up-accepted = Der Mailserver hat eine E-Mail angenommen
console-did-follow-up-failed = Eine E-Mail an den Kunden wurde nicht zugestellt
console-did-follow-up-unknown = Eine E-Mail ist vielleicht angekommen: Die Verbindung brach ab
console-did-follow-up-other = Es gibt Neues von einer E-Mail
console-did-restored = { $name } hat die letzte Änderung rückgängig gemacht
console-did-restored-marks = { $name } hat die letzte eigene Änderung rückgängig gemacht: { $fields }
console-looked = Angesehen von { $names }
console-did-survey-answered = { $name } hat die Umfrage beantwortet
console-did-mail-to = { $kind } an { $to }: { $state }
console-did-mail-by = { $kind } an { $to }, angefordert von { $name }: { $state }
console-did-mail-by-customer = { $kind } an { $to }, vom Kunden angefordert: { $state }
console-did-mail = { $kind }: { $state }
console-did-other = { $name } hat den Fall geändert

## Console: the past, from both sides

console-travel-case = Der Fall
console-saw = Was der Kunde sah
console-saw-nothing = Es war noch nichts gesagt.
console-saw-gone = Hier stand eine Nachricht. Sie wurde später gelöscht, ihren Text gibt es nicht mehr.
console-saw-asking = Die Seite bat um die Frage.
console-saw-waiting = Die Seite sagte, dass gleich jemand kommt.
console-saw-talking = Jemand vom Team war im Chat.
console-saw-request = Die Seite bestätigte die Anfrage #{ $number }: Die Antwort kommt per E-Mail.
console-saw-link = Es war keine Seite offen. Die E-Mails verweisen auf eine, die sagte, wie es um Anfrage #{ $number } stand.
console-saw-none = Es gab keine Seite zu sehen: Eine E-Mail-Adresse war nicht bekannt.
console-saw-resolved = Die Seite sagte, dass die Anfrage gelöst ist.
console-saw-survey = Die Seite fragte, wie es war.
console-saw-rated = Die Seite dankte für die Bewertung: { $rating }.
console-said = { $name } schrieb
console-said-deleted = { $name } löschte eine Nachricht
console-contact-given = { $name } nannte eine E-Mail-Adresse

## Console: service levels (X10)

console-sla = Servicelevel
console-sla-first-response = Erste Antwort
console-sla-next-response = Nächste Antwort
console-sla-resolution = Lösung
console-sla-promise = Zusage
console-sla-in = { $what } in { $time }
console-sla-late = { $what } seit { $time } überfällig
console-sla-row-late = seit { $time }
console-sla-due-at = { $what } fällig: { $at }
console-sla-met = { $what } rechtzeitig, { $at }
console-sla-met-late = { $what } verspätet, { $at }
console-sla-paused = { $what }: Die Uhr steht
console-did-sla-warned = { $what } ist bald fällig
console-did-sla-breached = { $what } ist überfällig
console-did-sla-changed = Das Servicelevel wurde geändert und damit, was wann fällig ist
settings-sla = Servicelevel
settings-sla-keywords = SLA, Frist, fällig, erste Antwort, Geschäftszeiten, Feiertage, Ziele

## Console settings: service levels (X10)

settings-sla-about = Wie schnell Kunden eine Antwort bekommen und Fälle gelöst werden, innerhalb der Zeiten, in denen Sie arbeiten. Bevor etwas fällig wird, kommt eine Warnung.
sla-place = Gilt für
sla-place-all = Alle Portale ohne eigenes
sla-place-own = { $portal } (eigenes)
sla-place-default = { $portal }
sla-inherits = Dieses Portal hat kein eigenes Servicelevel: Es gilt das aller Portale. Speichern Sie, um ihm ein eigenes zu geben.
sla-promises = Was zugesagt ist
sla-promises-about = In Arbeitszeit. Lassen Sie leer, was Sie nicht zusagen. Die Uhren stehen, solange ein Fall wartet, zurückgestellt oder gelöst ist.
sla-about-first-response = Vom Beginn eines Falls bis zur ersten Antwort eines Technikers.
sla-about-next-response = Von einer späteren Nachricht des Kunden bis zur Antwort darauf.
sla-about-resolution = Vom Beginn eines Falls, bis er gelöst ist.
sla-unit = Einheit für { $what }
sla-minutes = Minuten
sla-hours = Stunden
sla-priorities = Andere Zeiten nach Priorität
sla-warn = Warnen
sla-warn-never = Nie
sla-warn-share = Wenn noch { $percent } % der Zeit übrig sind
sla-removed = Das Servicelevel ist entfernt.
sla-remove = Verwenden, was für alle Portale gilt
sla-remove-default = Nichts zusagen
sla-recount = Offene Fälle werden neu berechnet: { $done } von { $total }
sla-preview-open = Ein Chat, der jetzt eingeht, während der Geschäftszeiten:
sla-preview-closed = Ein Chat, der jetzt eingeht, außerhalb der Geschäftszeiten:
sla-preview-due = { $what } fällig: { $at }
sla-preview-never = nie
hours-title = Geschäftszeiten
hours-about = Nur die Zeit innerhalb dieser Stunden zählt.
hours-what-counts = Was zählt
hours-office = Geschäftszeiten
hours-always = Jede Stunde
hours-zone = Zeitzone
hours-week = Zeiten der Woche
hours-closed = Geschlossen
hours-begin = { $day } von
hours-end = { $day } bis
hours-add = Zeiten am { $day } hinzufügen
hours-remove = { $begin } bis { $end } am { $day } entfernen
hours-next-day = endet am nächsten Tag
hours-problem = Bitte geben Sie jedem Zeitraum Anfang und Ende, an mindestens einem Tag.
hours-holidays = Feiertage
hours-holiday-add = Feiertag hinzufügen
hours-holiday-remove = { $day } entfernen
sla-trial-title = Am letzten Monat ausprobieren
sla-trial-about = Was aus den Fällen der letzten 30 Tage geworden wäre, mit diesem Formular neben dem, was jetzt gilt. Geändert wird nichts.
sla-trial-run = Am letzten Monat ausprobieren
sla-trial-stop = Anhalten
sla-trial-progress = Fortschritt des Versuchs
sla-trial-promise = Zusage
sla-trial-met-before = Rechtzeitig jetzt
sla-trial-met-after = Rechtzeitig mit diesem Formular
sla-trial-late-before = Verspätet jetzt
sla-trial-late-after = Verspätet mit diesem Formular
sla-trial-summary = { $cases ->
    [one] 1 Fall betrachtet, { $changed } davon wären anders verlaufen.
   *[other] { $cases } Fälle betrachtet, { $changed } davon wären anders verlaufen.
}
sla-trial-cut = Es gab mehr Fälle, als ein Versuch betrachtet; der Rest fehlt.
sla-trial-partly = Der Rest wurde noch nicht betrachtet.
sla-trial-changed = Fälle, die anders verlaufen wären
sla-trial-more = { $count ->
    [one] Und 1 weiterer.
   *[other] Und { $count } weitere.
}
sla-trial-becomes-late = { $what } wäre verspätet gewesen
sla-trial-becomes-met = { $what } wäre rechtzeitig gewesen

## Console: automatic assignment, and labels

# Automatische Zuweisung im Verlauf: wer einen Fall bekam oder warum niemand
console-did-left = { $name } ist nicht mehr erreichbar: der Fall wird wieder angeboten
console-routed-assigned = Automatisch { $name } zugewiesen: verfügbar, { $load } von { $capacity } { $kind ->
        [chats] { $capacity ->
            [one] Chat
           *[other] Chats
        }
       *[other] { $capacity ->
            [one] Fall
           *[other] Fällen
        }
    }
console-routed-nobody = Nicht automatisch zugewiesen
console-routed-nobody-no-access = Nicht automatisch zugewiesen: niemand hat Zugriff auf die Firma
console-routed-nobody-none-available = Nicht automatisch zugewiesen: niemand ist verfügbar
console-routed-nobody-at-capacity = Nicht automatisch zugewiesen: { $kind ->
        [chats] wer verfügbar ist, hat genug Chats
       *[other] wer verfügbar ist, hat genug Fälle
    }
console-routed-nobody-gave-back = Nicht automatisch zugewiesen: wer verfügbar ist, hat ihn gerade zurückgegeben
console-routed-later = { $name }: verfügbar, { $load } von { $capacity }, ist nicht an der Reihe
console-routed-not-available = { $name }: nicht verfügbar
console-routed-at-capacity = { $name }: { $load } von { $capacity } { $kind ->
        [chats] { $capacity ->
            [one] Chat
           *[other] Chats
        }
       *[other] { $capacity ->
            [one] Fall
           *[other] Fällen
        }
    }
console-routed-gave-back = { $name }: hat ihn zurückgegeben
console-routed-passed = { $name }: nicht berücksichtigt
console-routed-more = { $count ->
        [one] und eine weitere Person
       *[other] und { $count } weitere
    }
settings-labels = Labels
settings-labels-about = Labels ordnen Fälle. Ein gelöschtes Label bleibt an den Fällen, die es haben.
settings-labels-none = Noch keine Labels
settings-labels-none-text = Legen Sie Labels wie Rechnung oder Fehler an und versehen Sie Fälle in den Details damit.
settings-label-add = Label anlegen
settings-label-edit = Label bearbeiten
settings-label-title = Name
settings-label-colour = Farbe
colour-grey = Grau
colour-red = Rot
colour-amber = Bernstein
colour-green = Grün
colour-teal = Petrol
colour-blue = Blau
colour-violet = Violett
colour-pink = Rosa

## Console: macros and rules (X11)

settings-macros = Makros
settings-macros-about = Ein Makro tut mehreres an einem Fall in einem Schritt, und ein Rückgängig nimmt alles zurück. Wenden Sie es aus dem Menü des Falls an, mit Umschalt+M, oder auf viele Fälle auf einmal.
settings-macros-none = Noch keine Makros
settings-macros-none-text = Legen Sie eines an für das, was Sie immer wieder tun, zum Beispiel: Label setzen, Notiz schreiben, lösen.
macro-add = Makro hinzufügen
macro-edit = Makro bearbeiten
macro-name = Name
macro-name-hint = So finden Sie es, zum Beispiel „Falsch verbunden, schließen“
macro-for = Wer es benutzen kann
macro-for-own = Nur ich
macro-for-shared = Alle
macro-own = Nur Sie
macro-shared = Alle
macro-does = Es tut, in dieser Reihenfolge
macro-broken = Nennt etwas, das es nicht mehr gibt
macro-applied = { $name } auf Fall { $number } angewendet
console-macros = Makros
console-macros-all = Alle Makros…
command-macro = Makro anwenden
field-incomplete = Bitte ergänzen Sie die markierten Zeilen.
automation-actions = Aktionen
automation-action = Aktion { $place }
automation-up = Aktion { $place } nach oben
automation-down = Aktion { $place } nach unten
automation-remove = Aktion { $place } entfernen
automation-add-action = Aktion hinzufügen
automation-technician = Techniker
automation-queue = die Warteschlange
automation-gone = (gibt es nicht mehr)
automation-no-labels = Es gibt noch keine Labels.
automation-nobody = niemand
automation-anybody = jemand
automation-or = {" oder "}
automation-type-live-chat = Live-Chat
automation-type-request = Anfrage
automation-type-email = E-Mail
automation-type-call = Anruf
step-label-add = Labels setzen
step-label-remove = Labels entfernen
step-priority = Priorität setzen auf
step-transfer = Geben an
step-assign = Dem zuweisen, der es anwendet
step-resolve = Lösen
step-snooze = Zurückstellen bis
step-pending = Als ausstehend markieren
step-note = Private Notiz schreiben
step-title = Benennen
step-flag = Markieren
step-unflag = Markierung entfernen
step-mute = Stummschalten
step-unmute = Stummschaltung aufheben
step-spam = Als Spam kennzeichnen
step-open = Öffnen
step-reopen = Wieder öffnen
step-did-label-add = { $labels } setzen
step-did-label-remove = { $labels } entfernen
step-did-priority = Priorität { $priority }
step-did-transfer = an { $name } geben
step-did-assign = zuweisen
step-did-resolve = lösen
step-did-snooze = zurückstellen
step-did-pending = als ausstehend markieren
step-did-note = Notiz schreiben
step-did-title = „{ $title }“ nennen
step-did-flag = markieren
step-did-unflag = Markierung entfernen
step-did-mute = stummschalten
step-did-unmute = Stummschaltung aufheben
step-did-spam = als Spam kennzeichnen
step-did-open = öffnen
step-did-reopen = wieder öffnen
did-label = Labels geändert
did-priority = Priorität gesetzt
did-transfer = weitergegeben
did-assign = zugewiesen
did-resolve = gelöst
did-snooze = zurückgestellt
did-pending = als ausstehend markiert
did-note = Notiz geschrieben
did-title = benannt
did-flag = Markierung geändert
did-mute = Hinweise geändert
did-spam = Spam geändert
did-open = geöffnet
did-reopen = wieder geöffnet
console-did-macro-applied = { $name } hat das Makro { $macro } angewendet: { $did }
console-did-ruled = { $name }: { $did }
console-did-ruled-not = { $name } konnte nichts tun. { $why }
console-rule-name = Regel { $name }
why-case-moved-on = Der Zustand des Falls ließ es nicht zu.
rule-run-because = Wenn { $when }
settings-rules = Regeln
settings-rules-about = Regeln tun von selbst etwas, wenn mit einem Fall etwas geschieht. Sie werden von oben nach unten betrachtet, und jede sieht, was die über ihr getan haben.
settings-rules-keywords = Automatisierung Auslöser automatisch
settings-rules-none = Noch keine Regeln
settings-rules-none-text = Legen Sie eine an, zum Beispiel: Wenn ein Fall eröffnet wird und „Rechnung“ enthält, das Label Rechnung setzen. Sie können sie am letzten Monat ausprobieren, bevor sie etwas tut.
rule-add = Regel hinzufügen

## Console settings: a rule (X11)

rule-edit = Regel bearbeiten
rule-save-off = Ausgeschaltet speichern
rule-name = Name
rule-name-hint = Steht im Verlauf jedes Falls, den sie berührt
rule-when = Wenn
rule-if = Und falls
rule-then = Dann
rule-always = Immer. Fügen Sie eine Bedingung hinzu, um Fälle auszuwählen.
rule-conditions = Bedingungen
rule-condition = Bedingung { $place }
rule-remove-condition = Bedingung { $place } entfernen
rule-add-condition = Bedingung hinzufügen
rule-is-or-not = Trifft zu oder nicht
rule-match = Wie viele zutreffen müssen
rule-match-all = alle davon zutreffen
rule-match-any = eine davon zutrifft
rule-minutes = Minuten
rule-stars = von 5 Sternen
rule-phrases-text = Wörter, durch Kommas getrennt
rule-phrases-email = Ein Teil der Adresse, wie @example.com
rule-broken = Defekt: Sie nennt etwas, das es nicht mehr gibt, und tut nichts.
rule-sentence = Wenn { $when } und { $conditions }: { $actions }
rule-sentence-always = Wenn { $when }: { $actions }

## Console: rules in words (X11)

rule-and = {" und "}
rule-on = Ein
rule-off = Aus
rule-runs = { $count ->
    [0] noch nie gelaufen
    [one] einmal gelaufen
   *[other] { $count }-mal gelaufen
  }
rule-failures = { $count ->
    [one] einmal konnte sie nicht
   *[other] { $count }-mal konnte sie nicht
  }
rule-last = zuletzt
rule-up = { $name } nach oben
rule-down = { $name } nach unten
rule-switch = { $name } ist eingeschaltet
trigger-pick-opened = ein Fall eröffnet wird
trigger-pick-wrote = der Kunde schreibt
trigger-pick-waited = der Kunde auf Antwort gewartet hat
trigger-pick-requested = ein Chat zur Anfrage wird
trigger-pick-ready = der Bot mit dem Kunden fertig ist
trigger-pick-contact-known = die Adresse des Kunden bekannt wird
trigger-pick-answered = ein Techniker antwortet
trigger-pick-assigned = der Fall jemandem gegeben wird
trigger-pick-queued = der Fall in die Warteschlange zurückgeht
trigger-pick-labelled = sich die Labels ändern
trigger-pick-edited = sich Priorität, Markierung, Name, Hinweise oder Spam ändern
trigger-pick-snoozed = der Fall zurückgestellt wird
trigger-pick-woken = ein Zurückstellen endet
trigger-pick-pending = der Fall als ausstehend markiert wird
trigger-pick-chat-ended = der Chat endet
trigger-pick-resolved = der Fall gelöst wird
trigger-pick-reopened = der Fall wieder geöffnet wird
trigger-pick-survey-answered = der Kunde die Umfrage beantwortet
trigger-pick-sla-warned = eine zugesagte Zeit bald um ist
trigger-pick-sla-breached = eine zugesagte Zeit um ist
trigger-opened = ein Fall eröffnet wird
trigger-wrote = der Kunde schreibt
trigger-waited = { $minutes ->
    [0] der Kunde eine Weile gewartet hat
    [one] der Kunde eine Minute gewartet hat
   *[other] der Kunde { $minutes } Minuten gewartet hat
  }
trigger-requested = ein Chat zur Anfrage wird
trigger-ready = der Bot mit dem Kunden fertig ist
trigger-contact-known = die Adresse des Kunden bekannt wird
trigger-answered = ein Techniker antwortet
trigger-assigned = der Fall jemandem gegeben wird
trigger-queued = der Fall in die Warteschlange zurückgeht
trigger-labelled = sich die Labels ändern
trigger-edited = sich Priorität, Markierung, Name, Hinweise oder Spam ändern
trigger-snoozed = der Fall zurückgestellt wird
trigger-woken = ein Zurückstellen endet
trigger-pending = der Fall als ausstehend markiert wird
trigger-chat-ended = der Chat endet
trigger-resolved = der Fall gelöst wird
trigger-reopened = der Fall wieder geöffnet wird
trigger-survey-answered = der Kunde die Umfrage beantwortet
trigger-sla-warned = eine zugesagte Zeit bald um ist
trigger-sla-breached = eine zugesagte Zeit um ist
trigger-other = etwas geschieht
condition-kind-text = Problem oder Name
condition-kind-portal = Portal
condition-kind-type = Art
condition-kind-state = Zustand
condition-kind-assignee = Zuständig
condition-kind-label = Label
condition-kind-priority = Priorität
condition-kind-language = Sprache des Kunden
condition-kind-email = Adresse des Kunden
condition-kind-flagged = Markierung
condition-kind-office-open = Geschäftszeit
condition-kind-waited = Wartezeit des Kunden
condition-kind-rating = Umfrage
verb-is = ist
verb-is-not = ist nicht
verb-contains = enthält
verb-contains-not = enthält nicht
verb-at-least = ist mindestens
verb-at-least-not = ist weniger als
verb-at-most = ist höchstens
verb-at-most-not = ist nicht höchstens
verb-open = ist gerade
verb-open-not = ist gerade nicht
verb-set = ist gesetzt
verb-set-not = ist nicht gesetzt
condition-text = das Problem { $values } enthält
condition-text-not = das Problem { $values } nicht enthält
condition-portal = das Portal { $values } ist
condition-portal-not = das Portal nicht { $values } ist
condition-type = die Art { $values } ist
condition-type-not = die Art nicht { $values } ist
condition-state = der Zustand { $values } ist
condition-state-not = der Zustand nicht { $values } ist
condition-assignee = { $values } zuständig ist
condition-assignee-not = nicht { $values } zuständig ist
condition-label = er das Label { $values } hat
condition-label-not = er das Label { $values } nicht hat
condition-priority = die Priorität { $values } ist
condition-priority-not = die Priorität nicht { $values } ist
condition-language = die Sprache des Kunden { $values } ist
condition-language-not = die Sprache des Kunden nicht { $values } ist
condition-email = die Adresse des Kunden { $values } enthält
condition-email-not = die Adresse des Kunden { $values } nicht enthält
condition-flagged = er markiert ist
condition-flagged-not = er nicht markiert ist
condition-office-open = gerade Geschäftszeit ist
condition-office-open-not = gerade keine Geschäftszeit ist
condition-waited = der Kunde mindestens { $count } Minuten gewartet hat
condition-waited-not = der Kunde weniger als { $count } Minuten gewartet hat
condition-rating = die Umfrage höchstens { $count } von 5 Sternen hat
condition-rating-not = die Umfrage nicht höchstens { $count } von 5 Sternen hat
condition-other = etwas anderes zutrifft
trial-title = Regel ausprobieren
trial-about = Sehen Sie, was sie im letzten Monat getan hätte. Nichts wird geändert.
trial-start = Am letzten Monat ausprobieren
trial-stop = Anhalten
trial-count = { $looked ->
    [0] Im letzten Monat gab es keine Fälle.
   *[other] { NUMBER($touched) } von { NUMBER($looked) } Fällen wären berührt worden
  }
trial-old = Die Regel wurde seitdem geändert. Probieren Sie sie noch einmal aus.
trial-refused = { $count ->
    [one] In einem Fall hätte sie nicht tun können, was sie sagt.
   *[other] In { NUMBER($count) } Fällen hätte sie nicht tun können, was sie sagt.
  }
trial-cut = Es gab mehr Fälle, als betrachtet werden; die übrigen fehlen.
trial-cases = { $count ->
    [one] 1 Fall
   *[other] { NUMBER($count) } Fälle
  }
trial-cases-label = Fälle, die berührt worden wären
trial-times = { $count ->
    [one] einmal
   *[other] { NUMBER($count) }-mal
  }
trial-first = Gezeigt sind die ersten { NUMBER($count) }.


# The transcript, and mails about a case
console-transcript = Protokoll
console-send-transcript = Protokoll senden
console-send-again = Erneut senden
console-download = Herunterladen
console-download-log = Chatprotokoll herunterladen
console-download-txt = Text
console-download-html = HTML
console-download-pdf = PDF
console-transcript-to = An wen
console-transcript-to-customer = Kunde
console-transcript-to-assignee = Zugewiesener Techniker
console-transcript-to-address = Andere Adresse
console-transcript-no-customer = Es ist keine E-Mail-Adresse bekannt
console-transcript-no-assignee = Niemand ist zugewiesen
console-sending-requested = Wird an { $recipient } gesendet
console-sending-requested-text = Als gesendet gilt es, sobald der Mailserver es angenommen hat.
console-sending-waiting = Noch nicht an { $recipient } gesendet
console-sending-waiting-text = Der Mailserver nimmt es im Moment nicht an. Bis zu einem Tag lang wird es von selbst erneut versucht. Sie können dies schließen: Der Stand bleibt unter „E-Mails“ sichtbar.
console-sending-accepted = An { $recipient } gesendet
console-sending-accepted-text = Der Mailserver hat es angenommen.
console-sending-failed = Nicht an { $recipient } gesendet
console-sending-failed-text = Der Mailserver hat es nicht angenommen. Prüfen Sie die Adresse, oder senden Sie es erneut.
console-sending-unknown = Möglicherweise bei { $recipient } angekommen
console-sending-unknown-text = Die Verbindung brach ab, während der Mailserver es entgegennahm. Damit es niemand doppelt bekommt, wird es nicht von selbst erneut gesendet.
console-mails = E-Mails
console-mail-acknowledgement = Eingangsbestätigung
console-mail-transcript = Protokoll
console-mail-survey = Umfrage
console-mail-escalation = Niemand kam
console-mail-service_level = Servicelevel
console-mail-other = E-Mail
console-mail-follow_up = E-Mail eines Technikers
console-mail-state-requested = Angefordert
console-mail-state-sending = Wird gesendet
console-mail-state-waiting = Noch nicht gesendet, wird erneut versucht
console-mail-state-accepted = Gesendet
console-mail-state-failed = Nicht gesendet
console-mail-no-address = Nicht gesendet: Es ist keine E-Mail-Adresse bekannt
console-mail-state-unknown = Vielleicht angekommen: Die Verbindung brach ab

# Who was notified of a case
console-alerts = Wer benachrichtigt wurde
console-alerts-none = Niemand wurde benachrichtigt.
console-alerts-none-pending = Noch wurde niemand benachrichtigt: Der Fall ist ausstehend.
console-alerts-count = { $count ->
    [0] niemand
    [one] { $count } Person
   *[other] { $count } Personen
}
console-alert-kind-waiting = Begann zu warten
console-alert-kind-waiting-again = Wartete noch
console-alert-kind-escalated = Niemand kam: per E-Mail benachrichtigt
console-alert-kind-sla-warned = { $what } bald fällig
console-alert-kind-sla-breached = { $what } überfällig
console-alerts-told = Benachrichtigt: { $names }
console-alerts-mailed = Auch per E-Mail: { $names }
console-alerts-none-muted = Niemand wurde benachrichtigt: Der Fall ist stummgeschaltet.
console-alerts-none-spam = Niemand wurde benachrichtigt: Der Fall ist als Spam gekennzeichnet.
console-alerts-not-available = Nicht verfügbar: { $names }
console-alerts-not-assignee = Dem Fall nicht zugewiesen: { $names }
console-alerts-no-access = Kein Zugriff auf diese Firma: { $names }
console-alerts-not-active = Nicht mehr aktiv: { $names }
console-former-technician = Früherer Techniker

# Settings of the account
console-settings-about = Für alle in { $account }.
console-settings-incoming = Eingehende Fälle
console-settings-closed = Die Einstellungen sind für Administratoren
console-hide-incoming = Eingehende Fälle vor Technikern verbergen, die nicht verfügbar sind
console-hide-incoming-on = Wer nicht verfügbar ist, sieht keine Fälle, die auf jemanden warten, und wird nicht über sie benachrichtigt. Die eigenen Fälle gehen weiter.
console-hide-incoming-off = Alle sehen jeden Fall der Firmen, auf die sie Zugriff haben, und können ihn übernehmen. Wer nicht verfügbar ist, wird weiterhin nicht benachrichtigt.

# Einstellungen > Zuweisung
settings-assignment = Zuweisung
settings-assignment-keywords = automatisch, Reihum, Kapazität, Auslastung, Verteilung

## Console settings: assignment, and other ways of it tried

settings-assignment-about = Wartende Fälle können von selbst verteilt werden: reihum an alle, die verfügbar sind, Zugriff auf die Firma haben und noch Platz haben.
settings-assignment-portals = Automatische Zuweisung
settings-assignment-portals-about = Für jedes Portal. Was entschieden wurde und warum, steht im Verlauf jedes Falls.
settings-assignment-on = Neue Fälle werden von selbst zugewiesen. Sie lassen sich jederzeit übergeben.
settings-assignment-off = Niemand wird zugewiesen: Fälle warten, bis jemand sie übernimmt.
settings-assignment-no-portal = Es gibt noch kein Portal, also kommt kein Fall herein.
settings-assignment-sight = Wer sieht, was wartet, wird hier entschieden:
settings-assignment-capacity = Kapazität
settings-assignment-capacity-about = Wie viel einer Person auf einmal zugewiesen wird. Live-Chats und alle anderen Fälle zählen getrennt; Zurückgestelltes und Gelöstes zählt nicht. Von Hand darf man mehr übernehmen.
settings-assignment-chats = Live-Chats
settings-assignment-cases = Andere Fälle
settings-assignment-default = Leer: { $number } wie für alle
settings-assignment-team = Team
settings-assignment-team-about = Was sie jetzt haben, von dem, was ihnen auf einmal zugewiesen wird.
settings-assignment-technician = Person
settings-assignment-load = { $load } von { $capacity }
settings-assignment-own = eigene Kapazität
settings-assignment-edit = Kapazität von { $name }

# Another capacity tried on the last month (N9)
routing-trial-about = Was mit diesen Zahlen in den letzten 30 Tagen entschieden worden wäre, danach, wer da war und wie viel damals hatte. Geändert wird nichts.
routing-trial-outcome = Entscheidung
routing-trial-before = Wie es war
routing-trial-after = Mit diesen Zahlen
routing-outcome-assigned = Sofort zugewiesen
routing-outcome-at-capacity = Wartete: niemand hatte Platz
routing-outcome-none-available = Wartete: niemand war verfügbar
routing-outcome-no-access = Wartete: niemand hatte Zugriff
routing-outcome-gave-back = Wartete: wer frei war, hatte ihn zurückgegeben
routing-trial-changed = Fälle, die anders verlaufen wären
routing-trial-nobody = niemand
routing-trial-instead = { $after } statt { $before }
routing-trial-by-hand = { $count ->
    [one] Nach { $time } wurde ein Fall von Hand übernommen, wo nichts automatisch zugewiesen wird. Wer damals verfügbar war, ist nicht bekannt.
   *[other] Im Mittel nach { $time } wurden { NUMBER($count) } Fälle von Hand übernommen, wo nichts automatisch zugewiesen wird. Wer damals verfügbar war, ist nicht bekannt.
}


# Automatic assignment tried on the last month (S37, N9)
switch-trial-title = Automatische Zuweisung ausprobieren
switch-trial-about = Wer die Fälle der letzten 30 Tage bekommen hätte, wäre sie in diesem Portal eingeschaltet gewesen: reihum unter denen, die verfügbar waren und Platz hatten, jeder Fall so lange, wie wirklich daran gearbeitet wurde. Zugriff und Kapazität sind die von heute. Geändert wird nichts.
switch-trial-portal = Portal
switch-trial-none = In den letzten 30 Tagen hat in diesem Portal kein Fall gewartet.
switch-trial-waits = { $count ->
    [one] Einmal hat ein Fall auf jemanden gewartet.
   *[other] { NUMBER($count) }-mal hat ein Fall auf jemanden gewartet.
}
switch-trial-given = { $count ->
    [0] Keiner wäre jemandem zugewiesen worden.
    [one] Einer wäre jemandem zugewiesen worden, nicht sofort: { NUMBER($later) }.
   *[other] { NUMBER($count) } wären jemandem zugewiesen worden, davon { NUMBER($later) } nicht sofort.
}
switch-trial-assumed = { $count ->
    [one] Bei einem ist nicht festgehalten, wer verfügbar war: Wer nicht festgehalten ist, gilt als verfügbar. Festgehalten wird es seit { $since }.
   *[other] Bei { NUMBER($count) } ist nicht festgehalten, wer verfügbar war: Wer nicht festgehalten ist, gilt als verfügbar. Festgehalten wird es seit { $since }.
}
switch-trial-assumed-never = { $count ->
    [one] Es ist nicht festgehalten, wer verfügbar war: Alle gelten als verfügbar.
   *[other] Bei keinem ist festgehalten, wer verfügbar war: Alle gelten als verfügbar.
}
switch-trial-before = Übernommen
switch-trial-after = Hätte bekommen
switch-trial-wait = Wartezeit im Schnitt
switch-trial-at-once = keine
switch-trial-cases = Wer welchen Fall bekommen hätte
switch-trial-instead = { $name } (Wartezeit: { $wait }) statt { $before } (Wartezeit: { $waited })

# How long a chat rings, and other times tried on the last month (X4, N9)
ringing-title = Wenn niemand zu einem Chat kommt
ringing-about = Ein Livechat klingelt bei allen, die verfügbar sind. Solange ihn niemand annimmt, klingelt er wieder, und zuletzt wird allen, die kommen könnten, eine E-Mail geschickt.
ringing-seconds = Sekunden zwischen zwei Malen
ringing-times = Wie oft es wieder klingelt
ring-trial-title = Zeiten am letzten Monat ausprobieren
ring-trial-about = Wie oft die Chats der letzten 30 Tage mit diesen Zeiten geklingelt hätten. Jede Wartezeit zählt, wie sie war: Ob jemand früher gekommen wäre, ist nicht bekannt. Geändert wird nichts.
ring-trial-none = In den letzten 30 Tagen hat kein Livechat gewartet.
ring-trial-waits = { $count ->
    [one] Ein Livechat hat auf jemanden gewartet.
   *[other] { NUMBER($count) } Livechats haben auf jemanden gewartet.
}
ring-trial-what = Was geschieht
ring-trial-before = Wie es jetzt ist
ring-trial-chats = Chats, die wieder klingeln
ring-trial-again = Wieder geklingelt insgesamt
ring-trial-mailed = Zuletzt per E-Mail gemeldet
ring-trial-given-up = Zuletzt ausgeklingelt
ring-trial-changed = Chats, die anders geklingelt hätten
ring-trial-waited = wartete { $time }
ring-trial-would-mail = wäre per E-Mail gemeldet worden
ring-trial-would-not-mail = wäre nicht per E-Mail gemeldet worden
ring-trial-instead = wieder geklingelt: { NUMBER($count) } statt { NUMBER($before) }
audit-ringing-changed = { $by } hat geändert, wie oft ein Chat klingelt: alle { $seconds } Sekunden, { $times }-mal wieder

## Console: snooze times

# Snooze times, and others tried on the last month (S36, N9)
settings-snoozing = Zurückstellen
settings-snoozing-keywords = zurückstellen, morgen, nächste Woche, Antwort, Wiedervorlage, Schlummern

## Console settings: snooze times, and others tried

settings-snoozing-about = Wann ein zurückgestellter Fall wiederkommt, nach der Uhr dessen, der ihn zurückstellt. Eine Nachricht des Kunden bringt ihn jederzeit zurück.
snooze-days = Morgen und nächste Woche
snooze-days-about = Ein Fall, der auf einen Tag zurückgestellt wird, kommt am Morgen wieder. Was schon zurückgestellt ist, bleibt, wie es ist.
snooze-morning = Der Morgen beginnt um
snooze-weekday = Nächste Woche bedeutet
snooze-reply = Die nächste Antwort
snooze-reply-about = Ein Kunde, der nie wieder schreibt, wird leicht vergessen. Nach so vielen Tagen kommt der Fall trotzdem wieder.
snooze-limit = Auf eine Antwort warten
snooze-limit-ever = Unbegrenzt
snooze-limit-days = Höchstens einige Tage
snooze-reply-days = Tage
snooze-trial-about = Wann die zurückgestellten Fälle der letzten 30 Tage mit diesem Formular wiedergekommen wären. Was getan wurde, nachdem ein Fall zurück war, zählt nicht, denn es wäre später geschehen. Geändert wird nichts.
snooze-trial-none = In den letzten 30 Tagen wurde kein Fall zurückgestellt.
snooze-trial-ending = Was das Warten beendete
snooze-trial-after = Mit diesem Formular
snooze-trial-slept = Im Schnitt zurückgestellt
snooze-ending-reply = Der Kunde schrieb
snooze-ending-due = Die Zeit war gekommen
snooze-ending-technician = Jemand machte vorher weiter
snooze-ending-asleep = Noch zurückgestellt
snooze-trial-concluded = { $count ->
    [one] Bei einem Fall ist nicht vermerkt, was gewählt wurde: Es ist aus der Zeit geschlossen, in Ihrer Zeitzone.
   *[other] Bei { NUMBER($count) } Fällen ist nicht vermerkt, was gewählt wurde: Es ist aus der Zeit geschlossen, in Ihrer Zeitzone.
}
snooze-trial-changed = Fälle, die anders wiedergekommen wären
snooze-trial-since = zurückgestellt { $at }
snooze-trial-instead = { $after } (wirklich: { $before })
snooze-trial-asleep = noch zurückgestellt
snooze-back-due = zurück { $at }
snooze-back-reply = zurück { $at } durch eine Antwort
snooze-back-technician = zurück { $at } von Hand
audit-snoozing-changed = { $by } hat geändert, wann zurückgestellte Fälle wiederkommen

## Console: mails that came in

# Mails that came in
mailed-from = E-Mail von { $name }
mailed-automatic = Von einer Maschine geschrieben: Der Fall wurde dadurch nicht wieder geöffnet
mailed-other-sender = Nicht die Adresse des Kunden: Bitte prüfen Sie vor der Antwort, wer geschrieben hat
mailed-no-text = Diese E-Mail enthält keinen Text.
mailed-files = Dateien dieser E-Mail
mailed-file-unnamed = Datei ohne Namen
mailed-original = Original anzeigen
mailed-original-title = Die E-Mail, wie sie kam
mailed-original-cut = Nur der Anfang wird gezeigt; speichern Sie sie, um alles zu haben.
mailed-save = Als Datei speichern


# Einstellungen > Kundenportale
settings-portals = Kundenportale
settings-portals-keywords = Portal, Adresse, Subdomain, Firma, Chatseite

## Console settings: customer portals

error-subdomain-invalid = Eine Subdomain hat 3 bis 40 Buchstaben von a bis z, Ziffern oder einzelne Bindestriche dazwischen.
error-subdomain-reserved = Die Subdomain { $subdomain } ist reserviert. Bitte wählen Sie eine andere.
error-subdomain-taken = Die Subdomain { $subdomain } ist vergeben. Bitte wählen Sie eine andere.
error-mail-address-taken = Ein anderes Portal empfängt seine E-Mails unter { $address }. Bitte wählen Sie eine andere Adresse.
settings-portals-about = Hier erreichen Kundinnen und Kunden Sie. Jede Firma hat höchstens ein Portal.
settings-portals-none = Noch kein Portal
settings-portals-none-text = In einem Portal wird gechattet, und es werden Anfragen hinterlassen. Legen Sie das erste an und öffnen Sie seine Adresse.
settings-portal-edit = Kundenportal
settings-portal-company = Firma
settings-portal-new-company = Neue Firma
settings-portal-company-name = Name der Firma
settings-portal-company-hint = Kundinnen und Kunden sehen ihn. Alle in Ihrem Konto haben Zugriff auf eine neue Firma.
settings-portal-subdomain = Subdomain
settings-portal-address = Die Adresse ist { $base } mit der Subdomain dahinter.
settings-portal-free = Sie können { $url } haben
settings-portal-moved = Links auf die alte Adresse funktionieren nicht mehr. Sie wird an niemanden sonst vergeben, damit niemand an Ihrer Stelle antwortet.
settings-portal-mail = Eigene E-Mail-Adresse
settings-portal-mail-hint = Kunden schreiben dorthin, und Ihr Mailserver leitet an den Desk weiter. Lassen Sie das Feld leer, wenn es keine gibt.
settings-portal-state = Zustand
settings-portal-active = Aktiv
settings-portal-inactive = Inaktiv
settings-portal-active-means = Man kann chatten, solange jemand verfügbar ist, und sonst Anfragen hinterlassen.
settings-portal-inactive-means = Wer kommt, erfährt, dass der Dienst nicht verfügbar ist, und kann nichts senden.
settings-portal-copy = Adresse von { $name } kopieren
settings-portal-open = Portal von { $name } in einem neuen Tab öffnen

## Console: names of settings

# Operations: how the desk is, for administrators

operations-title = Betrieb

## Console settings: operations

operations-about = Wie es dem Desk in diesem Moment geht, und was er nicht verarbeiten konnte.
operations-look-again = Erneut nachsehen
operations-unknown = Zurzeit nicht bekannt
operations-live = Der Desk jetzt
operations-waiting = Warten auf einen Techniker
operations-longest-wait = Am längsten seit
operations-nobody-waits = Niemand wartet
operations-live-chats = Live-Chats
operations-live-waiting =
    { $count ->
        [0] Alle mit Techniker
        [one] Einer davon ohne Techniker
       *[other] { $count } davon ohne Techniker
    }
operations-available = Verfügbare Techniker
operations-of-technicians = von { $count }
operations-today = Neu heute
operations-today-note = Fälle seit Mitternacht
operations-services = Dienste
operations-services-about = Jeder Teil von Deskbus, und wie weit er mit den Ereignissen ist, die er liest.
operations-service-portal = Konten und Seiten
operations-service-chat = Unterhaltungen
operations-service-cases = Fälle
operations-service-notify = Benachrichtigungen und E-Mail
operations-service-transcripts = Mitschriften
operations-health-ready = Bereit
operations-health-limited = Eingeschränkt
operations-health-not-ready = Nicht bereit
operations-health-away = Nicht da
operations-health-asking = Wird gefragt
operations-away = Er antwortet nicht. Die anderen Dienste arbeiten ohne ihn weiter, und er holt alles nach, sobald er zurück ist.
operations-instance = Auskunft von { $instance }
operations-reads = Was er liest
operations-reads-all = Hat alles gelesen
operations-trouble-database = Seine Datenbank antwortet nicht. Nichts geht verloren; er macht von selbst weiter, sobald sie zurück ist.
operations-trouble-broker = Kafka antwortet nicht. Nichts geht verloren; er macht von selbst weiter, sobald Kafka zurück ist.
operations-trouble-bus = Er kann zurzeit keine Ereignisse verarbeiten.
operations-trouble-directory = Er liest noch das Verzeichnis der Personen und Portale.
operations-trouble-keyring = Er liest noch die Datenschlüssel.
operations-trouble-log = Er kann dem Protokoll der Unterhaltungen nicht folgen, deshalb warten Nachrichten.
operations-trouble-broadcasts = Konsolen erfahren zurzeit nichts von Änderungen.
operations-trouble-mailbox = Das Postfach, aus dem E-Mails abgeholt werden, lässt sich nicht lesen. Die E-Mails warten dort und kommen, sobald es geht.
operations-trouble-other = Etwas, das er braucht, fehlt: { $check }.
operations-lag-idle = Auf dem neuesten Stand
operations-lag-moving =
    { $count ->
        [one] Ein Ereignis zurück, holt auf
       *[other] { $count } Ereignisse zurück, holt auf
    }
operations-lag-waiting =
    { $count ->
        [0] Wartet auf { $what }
        [one] Ein Ereignis zurück, wartet auf { $what }
       *[other] { $count } Ereignisse zurück, wartet auf { $what }
    }
operations-lag-still =
    { $count ->
        [one] Ein Ereignis zurück, seit { $seconds } s ohne Fortschritt
       *[other] { $count } Ereignisse zurück, seit { $seconds } s ohne Fortschritt
    }
operations-waits-database = die Datenbank
operations-waits-broker = Kafka
operations-waits-key = einen Datenschlüssel
operations-waits-secret = das Geheimnis, mit dem seine Schlüssel gemacht wurden
operations-waits-directory = das Verzeichnis
operations-waits-other = etwas, das nicht da ist
operations-dead = Unzustellbare Ereignisse
operations-dead-about = Ereignisse, die nicht verarbeitet werden konnten. Sie liegen beiseite, damit der Desk weiterarbeitet. Ist die Ursache behoben, spielen Sie sie erneut ein. Nichts wirkt doppelt.
operations-none = Keine unzustellbaren Ereignisse
operations-none-about = Jedes Ereignis konnte verarbeitet werden. Eines, bei dem das nicht geht, erscheint hier in Sekunden mit seinem Grund.
operations-none-known = Keine unzustellbaren Ereignisse, wo gefragt werden konnte
operations-none-away = Ein Dienst antwortet nicht. Was er nicht verarbeiten konnte, erscheint hier, sobald er zurück ist.
operations-none-match = Kein Ereignis entspricht dem Filter
operations-filter-service = Dienst
operations-filter-reason = Grund
operations-every-service = Alle Dienste
operations-every-reason = Alle Gründe
operations-reason-unreadable = Nicht lesbar
operations-reason-failed = Verarbeitung gescheitert
operations-type-unknown = Unbekanntes Ereignis
operations-replay = Erneut einspielen
operations-replay-named = { $type } erneut einspielen
operations-replay-all = Alle erneut einspielen
operations-replay-progress = Fortschritt
operations-replaying = Wird erneut eingespielt: { $done } von { $total } erledigt.
operations-replayed =
    { $count ->
        [one] Das Ereignis wurde verarbeitet.
       *[other] Alle { $count } Ereignisse wurden verarbeitet.
    }
operations-replayed-failed = { $handled } verarbeitet. { $failed } erneut gescheitert und mit dem neuen Grund aufgeführt.
operations-replayed-nothing = Es war nichts mehr einzuspielen.
operations-being-replayed = Wird eingespielt
operations-replay-waits = Wartet auf { $what }
operations-more = Die neuesten { $shown } von { $total } werden gezeigt. „Alle erneut einspielen“ nimmt auch die übrigen, bis zu 1.000 auf einmal.
operations-fact-reason = Grund
operations-fact-tries = Versuche
operations-fact-service = Dienst
operations-fact-place = Ort
operations-fact-key = Schlüssel
operations-fact-size = Größe
operations-fact-written = Geschrieben
operations-fact-died = Beiseitegelegt
operations-bytes =
    { $count ->
        [one] Ein Byte
       *[other] { $count } Bytes
    }
operations-content = Inhalt
operations-content-unknown = Niemand kann sagen, was an diesem Ereignis persönlich ist, deshalb wird sein Inhalt nicht gezeigt.
operations-sealed = Persönliches bleibt versiegelt und wird nicht gezeigt.
operations-replays = Frühere Versuche
operations-outcome-done = verarbeitet
operations-outcome-parked = wartet auf ein früheres Ereignis
operations-outcome-skipped = übergangen
operations-outcome-failed = erneut gescheitert

# Settings: the frame and the parts that sections have in common
settings-group-you = Sie
settings-group-account = Konto
settings-group-cases = Fälle
settings-group-integrations = Integrationen
settings-group-operations = Betrieb
settings-unknown = Diesen Abschnitt gibt es nicht
settings-deleted = { $name } ist gelöscht.
settings-edit-named = { $name } bearbeiten
settings-delete-named = { $name } löschen

## Console: preferences

settings-saved = Gespeichert
settings-unsaved = Noch nicht gespeichert
settings-discarded = Ihre Änderungen sind verworfen.
settings-preferences = Persönliche Einstellungen
settings-preferences-about = Wie die Konsole für Sie aussieht und klingt.
settings-look = Sprache und Darstellung
settings-language-note = Für Sie, in diesem Browser. Kunden und Kollegen behalten ihre eigene.
settings-sound-on = Ein leiser Ton für eine Nachricht, ein lauterer für einen wartenden Kunden.
settings-sound-off = Die Konsole bleibt still.
settings-incoming-sight = Wer sie sieht

## Console: the audit log

audit-log = Prüfprotokoll
audit-keywords = wer was wann getan hat, Verlauf, Compliance

## Console settings: the audit log

audit-about = Wer was wann und von wo aus getan hat. Es nennt Techniker und Fallnummern, aber nichts von dem, was Kunden geschrieben haben.
audit-export-csv = CSV exportieren
audit-export-json = JSON-Zeilen
audit-by = Von
audit-everybody = Allen
audit-about-what = Über
audit-everything = Alles
audit-since = Ab
audit-until = Bis einschließlich
audit-older = Ältere anzeigen
audit-none = Nichts gefunden
audit-none-text = Es wurde nichts getan, das dazu passt. Wählen Sie eine andere Zeit oder eine andere Person.
audit-group-sessions = Anmeldungen
audit-group-people = Personen und Rechte
audit-group-settings = Einstellungen
audit-group-cases = Fälle
audit-group-exports = Exporte und Protokolle
audit-group-keys = API-Schlüssel
audit-via-api = mit API-Schlüssel
audit-when = Zeit
audit-action = Code
audit-by-id = Von (ID)
audit-case-id = Fall (ID)
audit-address = Adresse
audit-browser = Browser
audit-yes = ja
audit-no = nein
audit-the-desk = Deskbus
audit-somebody = Jemand
audit-other = { $by }: { $action } { $subject }
audit-field-actions = Aktionen
audit-field-active = Kann sich anmelden
audit-field-added = Hinzugefügt
audit-field-all-companies = Alle Firmen
audit-field-automatic = Automatische Zuweisung
audit-field-available = Verfügbar
audit-field-away-at = Abwesenheit bemerkt
audit-field-away-since = Zuletzt gesehen
audit-field-cases = Andere Fälle
audit-field-chats = Live-Chats
audit-field-choice = Zurückgestellt bis
audit-field-colour = Farbe
audit-field-companies = Firmen
audit-field-company-id = Firma
audit-field-conditions = Bedingungen
audit-field-created-at = Erstellt
audit-field-created-by = Erstellt von
audit-field-email = E-Mail
audit-field-expires-at = Läuft ab
audit-field-fields = Geändert
audit-field-form = Format
audit-field-from-id = Bis dahin bei
audit-field-grace = Auf eine geschlossene Seite wird gewartet
audit-field-greeting = Begrüßung
audit-field-hide-incoming = Eingehende Fälle verbergen
audit-field-hint = Beginnt mit
audit-field-holidays = Feiertage
audit-field-hours = Geschäftszeiten
audit-field-into-number = Neuer Fall
audit-field-last-used-from = Zuletzt benutzt von
audit-field-macro-id = Makro
audit-field-mail-address = E-Mail-Adresse
audit-field-mentions = Erwähnt
audit-field-merged = Zusammengeführter Kontakt
audit-field-minutes = Nach
audit-field-morning = Der Morgen beginnt um
audit-field-name = Name
audit-field-names = Reihenfolge
audit-field-not-before = Überall abgemeldet
audit-field-offer-after = Eine Anfrage wird angeboten nach
audit-field-on = Eingeschaltet
audit-field-password-hash = Kennwort
audit-field-rate-per-minute = Anfragen pro Minute
audit-field-reason = Grund
audit-field-removed = Entfernt
audit-field-reply-days = Wartet auf eine Antwort
audit-field-retired = Gelöscht
audit-field-revoked-at = Widerrufen
audit-field-role = Rolle
audit-field-scopes = Rechte
audit-field-seconds = Klingelt alle
audit-field-secret-hash = Geheimnis
audit-field-shared = Für alle
audit-field-sound = Ton
audit-field-state = Zustand
audit-field-subdomain = Subdomain
audit-field-survey = Umfrage
audit-field-technician-id = Person
audit-field-times = Klingelt erneut
audit-field-to = Gesendet an
audit-field-trigger = Wenn
audit-field-warn-percent = Warnung
audit-field-weekday = „Nächste Woche“ heißt
audit-field-zone = Zeitzone
audit-value-choice-next-week = nächste Woche
audit-value-choice-reply = die nächste Antwort
audit-value-choice-time = eine gewählte Zeit
audit-value-choice-tomorrow = morgen
audit-value-email-optional = wird erfragt
audit-value-email-required = muss angegeben werden
audit-value-form-csv = CSV
audit-value-form-html = HTML
audit-value-form-jsonl = JSON-Zeilen
audit-value-form-pdf = PDF
audit-value-form-txt = Text
audit-value-reason-away = war abwesend
audit-value-reason-customer = der Kunde wollte nicht länger warten
audit-value-reason-due = die Zeit war gekommen
audit-value-reason-gone = der Kunde hat die Seite geschlossen
audit-value-reason-reply = der Kunde hat geschrieben
audit-value-reason-technician = von Hand geöffnet
audit-value-role-administrator = Administrator
audit-value-role-technician = Techniker
audit-value-state-active = Aktiv
audit-value-state-inactive = Inaktiv
audit-value-to-address = eine andere Adresse
audit-value-to-assignee = den zuständigen Techniker
audit-value-to-customer = den Kunden
audit-subject-id = Über (ID)
audit-from = von
audit-to = zu
audit-hidden = geändert, wird nicht angezeigt
audit-of-priority = { $what }, Priorität { $priority }
audit-seconds = { $count ->
    [one] eine Sekunde
   *[other] { $count } Sekunden
}
audit-days = { $count ->
    [one] höchstens einen Tag
   *[other] höchstens { $count } Tage
}
audit-session-opened = { $by } hat sich angemeldet
audit-session-closed = { $by } hat sich abgemeldet
audit-session-closed-everywhere = { $by } hat sich überall abgemeldet
audit-session-refused = Eine Anmeldung als { $by } ist fehlgeschlagen
audit-session-copied = Eine kopierte Sitzung von { $by } wurde abgewiesen und beendet
audit-technician-created = { $by } hat { $subject } als Techniker hinzugefügt
audit-technician-changed = { $by } hat den Techniker { $subject } geändert
audit-technician-available = { $subject } ist verfügbar
audit-technician-away = { $subject } ist nicht mehr verfügbar
audit-account-changed = { $by } hat die Einstellungen des Kontos geändert
audit-company-created = { $by } hat die Firma { $subject } hinzugefügt
audit-company-changed = { $by } hat die Firma { $subject } geändert
audit-portal-created = { $by } hat das Portal { $subject } hinzugefügt
audit-portal-changed = { $by } hat das Portal { $subject } geändert
audit-label-created = { $by } hat das Label { $title } hinzugefügt
audit-label-changed = { $by } hat das Label { $title } geändert
audit-label-retired = { $by } hat das Label { $title } gelöscht
audit-macro-created = { $by } hat das Makro { $name } angelegt
audit-macro-changed = { $by } hat das Makro { $name } geändert
audit-macro-deleted = { $by } hat das Makro { $name } gelöscht
audit-case-macro-applied = { $by } hat ein Makro auf Fall { $number } angewendet
audit-rule-created = { $by } hat die Regel { $name } angelegt
audit-rule-changed = { $by } hat die Regel { $name } geändert
audit-rule-switched = { $by } hat die Regel { $name } ein- oder ausgeschaltet
audit-rule-switched-on = { $by } hat die Regel { $name } eingeschaltet
audit-rule-switched-off = { $by } hat die Regel { $name } ausgeschaltet
audit-rule-ordered = { $by } hat die Reihenfolge der Regeln geändert
audit-rule-deleted = { $by } hat die Regel { $name } gelöscht
audit-assignment-switched = { $by } hat die automatische Zuweisung für { $portal } geändert
audit-assignment-begun = { $by } hat die automatische Zuweisung für { $portal } eingeschaltet
audit-assignment-ended = { $by } hat die automatische Zuweisung für { $portal } ausgeschaltet
audit-assignment-capacity-changed = { $by } hat festgelegt, wie viel allen zugewiesen wird: { $chats ->
    [one] ein Chat
   *[other] { $chats } Chats
}, { $cases ->
    [one] ein anderer Fall
   *[other] { $cases } andere Fälle
}
audit-assignment-technician-changed = { $by } hat geändert, wie viel { $technician } zugewiesen wird
audit-case-routed = Das System hat entschieden, wer Fall { $number } bekommt
audit-sla-changed = { $portal ->
    [default] { $by } hat das Servicelevel aller Portale geändert
   *[other] { $by } hat das Servicelevel von { $portal } geändert
}
audit-sla-removed = { $portal ->
    [default] { $by } hat das Servicelevel aller Portale entfernt
   *[other] { $by } hat das Servicelevel von { $portal } entfernt
}
audit-api-key-created = { $by } hat den API-Schlüssel { $subject } erstellt
audit-api-key-changed = { $by } hat den API-Schlüssel { $subject } geändert oder widerrufen
audit-api-key-revoked = { $by } hat den API-Schlüssel { $subject } widerrufen
audit-api-key-used = { $count ->
    [one] Der API-Schlüssel { $subject } wurde an diesem Tag einmal benutzt
   *[other] Der API-Schlüssel { $subject } wurde an diesem Tag { $count }-mal benutzt
  }
audit-audit-exported = { $by } hat das Prüfprotokoll exportiert
audit-transcript-downloaded = { $by } hat das Protokoll von Fall { $number } heruntergeladen
audit-transcript-sent = { $by } hat das Protokoll von Fall { $number } gemailt
audit-case-opened = { $by } hat Fall { $number } eröffnet
audit-case-described = { $by } hat Fall { $number } beschrieben
audit-case-ready = { $by } hat Fall { $number } bereitgestellt
audit-case-contact-changed = { $by } hat den Kontakt von Fall { $number } geändert
audit-case-requested = { $by } hat Fall { $number } zur Anfrage gemacht
audit-case-assigned = { $by } hat Fall { $number } zugewiesen
audit-case-transferred = { $by } hat Fall { $number } übergeben
audit-case-resolved = { $by } hat Fall { $number } gelöst
audit-case-reopened = { $by } hat Fall { $number } wieder geöffnet
audit-case-pending = { $by } hat Fall { $number } auf wartend gesetzt
audit-case-snoozed = { $by } hat Fall { $number } zurückgestellt
audit-case-woken = { $by } hat Fall { $number } wieder hervorgeholt
audit-case-labelled = { $by } hat die Labels von Fall { $number } geändert
audit-case-contact-linked = { $by } hat geändert, ob der Kunde von Fall { $number } bestätigt ist
audit-case-split = { $by } hat aus Fall { $number } einen weiteren Fall gemacht
audit-case-merged = { $by } hat Fall { $number } mit einem anderen zusammengeführt
audit-case-unmerged = { $by } hat die Zusammenführung von Fall { $number } rückgängig gemacht
audit-case-absorbed = { $by } hat einen anderen Fall mit Fall { $number } zusammengeführt
audit-case-released = { $by } hat einen zusammengeführten Fall aus Fall { $number } herausgenommen
audit-contact-changed = { $by } hat einen Kontakt bearbeitet
audit-contact-merged = { $by } hat zwei Kontakte zusammengeführt
audit-case-edited = { $by } hat Fall { $number } bearbeitet
audit-case-noted = { $by } hat zu Fall { $number } eine Notiz geschrieben
audit-case-followed-up = { $by } hat zu Fall { $number } eine E-Mail geschrieben
audit-case-follow-up-changed = Neues von einer E-Mail zu Fall { $number }
audit-case-heard = { $by } hat vom Kunden von Fall { $number } gehört
audit-case-mailed = { $by } schrieb per E-Mail zu Fall { $number }
audit-case-sla-warned = Eine Zusage zu Fall { $number } wird bald fällig
audit-case-sla-breached = Eine Zusage zu Fall { $number } wurde nicht eingehalten
audit-case-sla-changed = Die Fristen von Fall { $number } haben sich geändert
audit-case-answered = { $by } hat in Fall { $number } geantwortet
audit-case-restored = { $by } hat eine Änderung an Fall { $number } zurückgenommen
audit-case-chat-ended = { $by } hat den Chat von Fall { $number } beendet
audit-case-survey-answered = { $by } hat die Umfrage zu Fall { $number } beantwortet
audit-conversation-message-deleted = { $by } hat eine Nachricht in Fall { $number } gelöscht
audit-case-deleted = { $by } hat Fall { $number } gelöscht

## Console: API keys

api-keys = API-Schlüssel
api-keys-keywords = REST, Integration, Token
api-keys-about = Mit einem Schlüssel nutzt ein Programm die REST-Schnittstelle: für die Firmen und mit den Rechten, die Sie wählen.
api-keys-none = Noch keine API-Schlüssel
api-keys-none-text = Erstellen Sie für jedes Programm einen, damit Sie ihn einzeln widerrufen können.
api-docs = Dokumentation der REST-Schnittstelle
api-key-new = Neuer API-Schlüssel

## Console settings: an API key

api-key-create = Schlüssel erstellen
api-key-name = Name
api-key-name-hint = Das Programm, das ihn benutzt. Was der Schlüssel tut, erscheint unter diesem Namen.
api-key-scopes = Darf
api-key-companies = Für
api-key-rate = Anfragen pro Minute
api-key-rate-hint = Bei jedem Dienst, höchstens { $most }.
api-key-lasts = Gültig
api-key-days = { $days ->
    [one] { $days } Tag
   *[other] { $days } Tage
  }
api-key-for-ever = Ohne Ende
api-key-created = Schlüssel erstellt
api-key-once = Kopieren Sie ihn jetzt: Er wird nicht noch einmal angezeigt.
api-key-secret = Geheimnis des Schlüssels
api-key-copy = Kopieren
api-key-copied = Kopiert
api-key-done = Fertig
api-key-revoke = Widerrufen
api-key-revoke-title = { $name } widerrufen
api-key-revoke-text = Programme mit diesem Schlüssel funktionieren sofort nicht mehr. Das lässt sich nicht rückgängig machen.
api-key-used = { $count ->
    [one] Einmal benutzt, zuletzt
   *[other] { $count }-mal benutzt, zuletzt
  }
api-key-unused = Noch nicht benutzt
api-key-until = gültig bis { $date }
api-key-revoked = Ist widerrufen
api-key-expired = Abgelaufen
api-scope-cases-read = Fälle lesen
api-scope-cases-write = Fälle ändern
api-scope-conversations-read = Unterhaltungen lesen
api-scope-conversations-write = In Unterhaltungen schreiben
api-scope-transcripts-read = Protokolle herunterladen
api-scope-transcripts-write = Protokolle mailen
api-scope-notifications-read = Lesen, wer benachrichtigt wurde
api-scope-team-read = Liste der Techniker lesen
api-scope-audit-read = Prüfprotokoll lesen und exportieren
api-scope-administer = Das Konto verwalten
api-key-reach-all = Alle Firmen, auch spätere
api-key-reach-some = Nur einige
api-key-which = Welche
api-key-account-hint = Das Prüfprotokoll und das Konto selbst sind Schlüsseln für alle Firmen vorbehalten.
api-key-administers = Mit diesem Schlüssel kann ein Programm, was Administratoren können: Einstellungen, Portale und Regeln ändern und Fälle endgültig löschen. Es kann keine Schlüssel erstellen und niemandes Anmeldung ändern. Verwahren Sie ihn wie Ihr eigenes Kennwort.
api-key-of-all = Alle Firmen

## Console: parts that come later, and commands

console-part-missing = Dieser Teil konnte nicht geladen werden
console-part-missing-text = Vielleicht fehlt die Verbindung, oder es gibt eine neuere Version von Deskbus. Was Sie anderswo geschrieben haben, bleibt erhalten.
console-read-again = Seite neu laden

# Several cases at once
console-choose = Fall { $number } von { $name } auswählen
command-choose = Fall auswählen, um mit mehreren etwas zu tun
command-choose-range = Alle bis zu diesem Fall auswählen
command-choose-all = Alle geladenen Fälle auswählen
many-chosen-label = Ausgewählte Fälle
many-chosen = { $count ->
    [one] Einer gewählt
   *[other] { NUMBER($count) } gewählt
}
many-under-way = { NUMBER($done) } von { NUMBER($total) } erledigt
many-more = Mehr
many-clear = Auswahl aufheben
many-assign = { $count ->
    [0] Kein Fall wurde zugewiesen.
    [one] Ein Fall gehört jetzt Ihnen.
   *[other] { NUMBER($count) } Fälle gehören jetzt Ihnen.
}
many-resolve = { $count ->
    [0] Kein Fall wurde gelöst.
    [one] Ein Fall ist gelöst.
   *[other] { NUMBER($count) } Fälle sind gelöst.
}
many-reopen = { $count ->
    [0] Kein Fall wurde wieder geöffnet.
    [one] Ein Fall ist wieder offen und gehört Ihnen.
   *[other] { NUMBER($count) } Fälle sind wieder offen und gehören Ihnen.
}
many-open = { $count ->
    [0] Kein Fall wurde geöffnet.
    [one] Ein Fall ist offen und gehört Ihnen.
   *[other] { NUMBER($count) } Fälle sind offen und gehören Ihnen.
}
many-undone = { $count ->
    [0] Kein Fall wurde zurückgesetzt.
    [one] Ein Fall ist wieder wie vorher.
   *[other] { NUMBER($count) } Fälle sind wieder wie vorher.
}
many-transfer = { $count ->
    [0] Kein Fall wurde übergeben.
    [one] Ein Fall ist übergeben.
   *[other] { NUMBER($count) } Fälle sind übergeben.
}
many-snooze = { $count ->
    [0] Kein Fall wurde zurückgestellt.
    [one] Ein Fall ist zurückgestellt.
   *[other] { NUMBER($count) } Fälle sind zurückgestellt.
}
many-pending = { $count ->
    [0] Kein Fall wurde als ausstehend gekennzeichnet.
    [one] Ein Fall ist ausstehend.
   *[other] { NUMBER($count) } Fälle sind ausstehend.
}
many-changed = { $count ->
    [0] Kein Fall wurde geändert.
    [one] Ein Fall ist geändert.
   *[other] { NUMBER($count) } Fälle sind geändert.
}
many-moved-on = { $count ->
    [one] Einer hatte sich inzwischen geändert.
   *[other] { NUMBER($count) } hatten sich inzwischen geändert.
}
many-failed = { $count ->
    [one] Einer konnte nicht geändert werden.
   *[other] { NUMBER($count) } konnten nicht geändert werden.
}
many-live-left = { $count ->
    [one] Einer ist ein Live-Chat und wird für sich beendet, nicht mit anderen.
   *[other] { NUMBER($count) } sind Live-Chats und werden einzeln beendet.
}
many-left = { $count ->
    [one] Einer blieb, wie er ist.
   *[other] { NUMBER($count) } blieben, wie sie sind.
}

# Commands: the palette, the help and the keys
console-palette = Befehle
console-palette-placeholder = Was möchten Sie tun?
console-copied = Kopiert: { $text }
console-not-copied = Der Browser erlaubt das Kopieren nicht. Bitte kopieren Sie es von Hand: { $text }
command-button = Befehle
command-back = Zurück zu allen Befehlen
command-current = gewählt
command-none = Nichts heißt „{ $query }“.
command-nothing = Hier gibt es nichts zur Auswahl.
command-macro-none = Noch gibt es kein Makro. Administratoren legen sie in den Einstellungen unter „Makros“ an.
command-label-none = Noch gibt es kein Label. Labels werden in den Einstellungen angelegt.
command-saved-none = Noch ist kein Filter gespeichert. Grenzen Sie eine Liste ein, und speichern Sie sie unter einem Namen.
command-count = { $count ->
    [one] { $count } Befehl
   *[other] { NUMBER($count) } Befehle
}
command-group-recent = Zuletzt benutzt
command-group-case = Fall
command-group-go = Gehe zu
command-group-status = Status
command-group-look = Darstellung
command-group-help = Hilfe und Sitzung
command-show-details = Einzelheiten zeigen oder verbergen
command-device = Geräteinformationen des Kunden
command-mail-words = schreiben antworten E-Mail
command-copy-link = Link zum Fall kopieren
command-copy-number = Fallnummer kopieren
command-copy-email = E-Mail-Adresse des Kunden kopieren
command-become-unavailable = Nicht verfügbar werden
command-status-words = Status Pause abwesend beschäftigt
command-sound-off = Ton ausschalten
command-theme = Darstellung ändern
command-theme-words = Design Farben dunkel hell Nacht Modus
command-language = Sprache ändern
command-language-words = Sprache english deutsch español
command-not-available = { $name } (nicht verfügbar)
command-pending = Als ausstehend kennzeichnen

# Bereiche, Listen und Filter per Taste
command-group-list = Liste
command-group-contact = Kontakt
command-reply = Antwort schreiben
command-note = Private Notiz schreiben
command-reply-words = schreiben antworten Nachricht Notiz Kommentar
command-pane-list = Zur Liste
command-pane-conversation = Zur Unterhaltung
command-pane-details = Zu den Einzelheiten
command-pane-next = Nächster Bereich
command-pane-previous = Vorheriger Bereich
command-pane-words = Bereich Spalte Fokus
command-filter = Liste eingrenzen
command-filter-words = Filter suchen nur zeigen Label Priorität Zuständig
command-filter-clear = Filter zurücksetzen
command-sort = Liste sortieren
command-sort-turn = Reihenfolge der Liste umkehren
command-saved = Gespeicherten Filter öffnen
command-filter-rename = Gespeicherten Filter umbenennen
command-filter-delete = Gespeicherten Filter löschen
command-travel-words = Verlauf Vergangenheit Zeit früher
filter-rename = Umbenennen
console-key-palette = Befehle öffnen

# Keyboard shortcuts
console-keyname-control = Strg
console-keyname-shift = Umschalt
console-key-move = durch die Fälle gehen
console-key-next = Nächster Fall
console-key-previous = Vorheriger Fall
console-key-close = Geöffnetes schließen oder das Schreiben verlassen
console-key-help = Diese Hilfe zeigen
