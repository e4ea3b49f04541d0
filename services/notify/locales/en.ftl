# The mails that notify writes itself.

greeting = Hello { $name },
written = What you wrote

acknowledgement-subject = We have received your request { $number }
acknowledgement-lead = Thank you for writing to us. Your request has arrived and has the number
acknowledgement-next = Somebody from { $company } will answer you by email, at this address. You need not do anything until then.
acknowledgement-open = See how it stands
acknowledgement-footer = This message was sent automatically because of your request at { $address }.

survey-subject = Your request { $number } is resolved: how did we do?
survey-lead = We have marked your request as resolved. It has the number
survey-next = How was the help of { $company }? It takes half a minute to say so, and helps us to do better. If something is still open, please write to us again at { $address } and give the number.
survey-open = Rate our help
survey-footer = This message was sent automatically, once, because of your request at { $address }.

escalation-subject = Nobody has come to live chat { $number }
escalation-lead = A customer of { $company } is waiting in a live chat that nobody has taken, although it rang. It has the number
escalation-next = Whoever opens it and takes it answers the customer. The others are told then.
escalation-open = Open the case
escalation-footer = This message was sent automatically, because you have access to { $company }.
