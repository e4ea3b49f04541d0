# Protokolle, wie Kunden und Techniker sie ablegen und lesen.

title = Protokoll des Falls { $number }
file-name = protokoll-{ $number }

# Die Angaben über dem Gespräch
fact-company = Unternehmen
fact-portal = Eingegangen über
fact-customer = Kunde
fact-technicians = Techniker
fact-assignee = Zugewiesen an
fact-began = Beginn
fact-ended = Ende
fact-resolved = Gelöst
fact-messages = Nachrichten
zone-note = Alle Zeitangaben: { $zone } ({ $name }).
zone-note-nowhere = Alle Zeitangaben: { $name }.
produced = Erstellt von Deskbus am { $time }
page = Seite { $page } von { $pages }

# Wer spricht
somebody = Techniker
automatic = Automatische Nachricht
unnamed-customer = Kunde
remark-late = nach dem Ende des Chats gesendet
remark-request = Supportanfrage
remark-call = nach einem Anruf notiert
unnamed-sender = Unbekannter Absender
remark-mail = E-Mail: „{ $subject }“
remark-mail-untitled = E-Mail
remark-automatic = automatisch verfasst
remark-undelivered = nicht zugestellt
mail-empty = (Diese E-Mail hat keinen Text.)

# Automatische Nachrichten
bot-greeting = Guten Tag. Vielen Dank für Ihre Nachricht. Ein Techniker ist gleich für Sie da.
bot-ask_email = Wie lautet Ihre E-Mail-Adresse?
bot-ask_email_why = Damit können wir Ihnen auch dann antworten, wenn Sie nicht warten können.
bot-email_thanks = Vielen Dank. Wir verwenden diese Adresse, falls wir Sie hier nicht erreichen.

# Was geschah
deleted = { $name } hat diese Nachricht gelöscht
opened = { $customer } hat den Chat begonnen
joined = { $name } ist dem Chat beigetreten
taken = { $name } hat die Anfrage übernommen
resolved = { $name } hat den Fall als gelöst markiert
reopened = { $name } hat den Fall wieder geöffnet
reopened-by-message = Der Fall wurde durch eine Nachricht des Kunden wieder geöffnet
transferred = Der Fall wurde an { $name } übergeben
queued = Der Fall ging zurück in die Warteschlange
contact = { $customer } hat die E-Mail-Adresse { $email } angegeben
ended-customer = { $customer } hat den Chat beendet
ended-technician = { $name } hat den Chat beendet
ended-resolved = Der Chat endete, weil der Fall gelöst wurde
ended-request = Der Chat endete, weil der Kunde stattdessen eine Supportanfrage gestellt hat
ended-gone = Der Chat endete, weil die Seite des Kunden geschlossen wurde

# In einer Mail
mail-subject = Protokoll des Falls { $number } – { $company }
mail-intro-customer = Hier ist das von Ihnen angeforderte Protokoll Ihres Gesprächs mit { $company }.
mail-intro-customer-sent = { $company } sendet Ihnen das Protokoll Ihres Gesprächs.
mail-intro-staff = Hier ist das von Ihnen angeforderte Protokoll des Falls { $number }.
mail-intro-address = { $company } sendet Ihnen das Protokoll des Falls { $number }.
mail-cut = Dieses Gespräch ist zu lang für eine E-Mail. Es folgt der neueste Teil; { $left } frühere Einträge fehlen. Das ganze Protokoll kann in Deskbus heruntergeladen werden.
