# The mails that notify writes itself.

greeting = Hello { $name },
written = What you wrote

acknowledgement-subject = We have received your request { $number }
acknowledgement-lead = Thank you for writing to us. Your request has arrived and has the number
acknowledgement-next = Somebody from { $company } will answer you by email, at this address. You need not do anything until then.
acknowledgement-open = See how it stands
acknowledgement-footer = This message was sent automatically because of your request at { $address }.

follow-up-answer = You can simply answer this email.
follow-up-about = It is about your request { $number } at { $address }.
follow-up-open = See how it stands

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

# Of a promise of the service level: { $owner } is own, or nobody
sla-warned-subject = Due soon: case { $number }
sla-warned-lead = { $promise ->
        [resolution] A case of { $company } that nobody has is to be resolved soon.
       *[other] A customer of { $company } is to be answered soon, and nobody has the case.
    } It has the number
sla-warned-next = Whoever takes it in time keeps the promise. The others are told then.
sla-warned-open = Open the case
sla-warned-footer = This message was sent automatically, because you have access to { $company }.

sla-breached-subject = Overdue: case { $number }
sla-breached-lead = { $owner ->
        [own] { $promise ->
            [resolution] Your case of { $company } was to be resolved by now.
           *[other] A customer of { $company } waits for your answer for longer than was promised.
        }
       *[other] { $promise ->
            [resolution] A case of { $company } that nobody has was to be resolved by now.
           *[other] A customer of { $company } waits for an answer for longer than was promised, and nobody has the case.
        }
    } It has the number
sla-breached-next = { $owner ->
        [own] If you cannot get to it, transfer it to a colleague.
       *[other] Whoever takes it answers the customer. The others are told then.
    }
sla-breached-open = Open the case
sla-breached-footer = This message was sent automatically, because you have access to { $company }.
