# The mails that notify writes itself.

greeting = Guten Tag { $name },
written = Was Sie geschrieben haben

acknowledgement-subject = Wir haben Ihre Anfrage { $number } erhalten
acknowledgement-lead = vielen Dank für Ihre Nachricht. Ihre Anfrage ist angekommen und hat die Nummer
acknowledgement-next = Sie erhalten von { $company } eine Antwort per E-Mail an diese Adresse. Bis dahin brauchen Sie nichts zu tun.
acknowledgement-open = Stand der Anfrage ansehen
acknowledgement-footer = Diese Nachricht wurde wegen Ihrer Anfrage bei { $address } automatisch gesendet.

survey-subject = Ihre Anfrage { $number } ist gelöst: Wie zufrieden sind Sie?
survey-lead = wir haben Ihre Anfrage als gelöst markiert. Sie hat die Nummer
survey-next = Wie zufrieden sind Sie mit der Hilfe von { $company }? Die Antwort dauert eine halbe Minute und hilft uns, besser zu werden. Wenn noch etwas offen ist, schreiben Sie uns bitte noch einmal unter { $address } und nennen Sie die Nummer.
survey-open = Hilfe bewerten
survey-footer = Diese Nachricht wurde wegen Ihrer Anfrage bei { $address } automatisch und nur einmal gesendet.

escalation-subject = Niemand ist zum Live-Chat { $number } gekommen
escalation-lead = Bei { $company } wartet jemand in einem Live-Chat, den niemand übernommen hat, obwohl er geläutet hat. Er hat die Nummer
escalation-next = Wer ihn öffnet und übernimmt, antwortet. Die anderen erfahren es dann.
escalation-open = Fall öffnen
escalation-footer = Diese Nachricht wurde automatisch gesendet, weil Sie Zugriff auf { $company } haben.
