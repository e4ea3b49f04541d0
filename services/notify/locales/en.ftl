# The mails that notify writes itself.

acknowledgement-subject = We have received your request { $number }
acknowledgement-greeting = Hello { $name },
acknowledgement-received = Thank you for writing to us. Your request has arrived and has the number
acknowledgement-next = Somebody from { $company } will answer you by email, at this address. You need not do anything until then.
acknowledgement-written = What you wrote
acknowledgement-footer = This message was sent automatically because of your request at { $address }.
