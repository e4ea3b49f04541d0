# The mails that notify writes itself.

greeting = Guten Tag { $name },
written = Was Sie geschrieben haben

acknowledgement-subject = Wir haben Ihre Anfrage { $number } erhalten
acknowledgement-lead = vielen Dank für Ihre Nachricht. Ihre Anfrage ist angekommen und hat die Nummer
acknowledgement-next = Sie erhalten von { $company } eine Antwort per E-Mail an diese Adresse. Bis dahin brauchen Sie nichts zu tun.
acknowledgement-open = Stand der Anfrage ansehen
acknowledgement-footer = Diese Nachricht wurde wegen Ihrer Anfrage bei { $address } automatisch gesendet.

follow-up-answer = Sie können auf diese E-Mail einfach antworten.
follow-up-about = Es geht um Ihre Anfrage { $number } bei { $address }.
follow-up-open = Stand der Anfrage ansehen

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

# Of a promise of the service level: { $owner } is own, or nobody
sla-warned-subject = Bald fällig: Fall { $number }
sla-warned-lead = { $promise ->
        [resolution] Ein Fall von { $company }, den niemand hat, soll bald gelöst sein.
       *[other] Bei { $company } soll bald geantwortet werden, und niemand hat den Fall.
    } Er hat die Nummer
sla-warned-next = Wer ihn rechtzeitig übernimmt, hält die Zusage ein. Die anderen erfahren es dann.
sla-warned-open = Fall öffnen
sla-warned-footer = Diese Nachricht wurde automatisch gesendet, weil Sie Zugriff auf { $company } haben.

sla-breached-subject = Überfällig: Fall { $number }
sla-breached-lead = { $owner ->
        [own] { $promise ->
            [resolution] Ihr Fall von { $company } sollte inzwischen gelöst sein.
           *[other] Bei { $company } wartet jemand länger auf Ihre Antwort, als zugesagt war.
        }
       *[other] { $promise ->
            [resolution] Ein Fall von { $company }, den niemand hat, sollte inzwischen gelöst sein.
           *[other] Bei { $company } wartet jemand länger auf eine Antwort, als zugesagt war, und niemand hat den Fall.
        }
    } Er hat die Nummer
sla-breached-next = { $owner ->
        [own] Wenn Sie nicht dazu kommen, übertragen Sie ihn einer Kollegin oder einem Kollegen.
       *[other] Wer ihn übernimmt, antwortet. Die anderen erfahren es dann.
    }
sla-breached-open = Fall öffnen
sla-breached-footer = Diese Nachricht wurde automatisch gesendet, weil Sie Zugriff auf { $company } haben.
