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
