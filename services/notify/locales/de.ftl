# The mails that notify writes itself.

acknowledgement-subject = Wir haben Ihre Anfrage { $number } erhalten
acknowledgement-greeting = Guten Tag { $name },
acknowledgement-received = vielen Dank für Ihre Nachricht. Ihre Anfrage ist angekommen und hat die Nummer
acknowledgement-next = Sie erhalten von { $company } eine Antwort per E-Mail an diese Adresse. Bis dahin brauchen Sie nichts zu tun.
acknowledgement-written = Was Sie geschrieben haben
acknowledgement-footer = Diese Nachricht wurde wegen Ihrer Anfrage bei { $address } automatisch gesendet.
