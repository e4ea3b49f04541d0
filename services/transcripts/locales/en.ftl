# Transcripts, as customers and technicians file and read them.

title = Transcript of case { $number }
file-name = transcript-{ $number }

# The facts above the conversation
fact-company = Company
fact-portal = Received at
fact-customer = Customer
fact-technicians = Technicians
fact-assignee = Assigned to
fact-began = Began
fact-ended = Ended
fact-resolved = Resolved
fact-messages = Messages
zone-note = All times: { $zone } ({ $name }).
zone-note-nowhere = All times: { $name }.
produced = Produced by Deskbus on { $time }
page = Page { $page } of { $pages }

# Who speaks
somebody = Technician
automatic = Automatic message
unnamed-customer = Customer
remark-late = sent after the end of the chat
remark-request = support request
remark-call = noted from a phone call
unnamed-sender = Unknown sender
remark-mail = email: “{ $subject }”
remark-mail-untitled = email
remark-automatic = written by a machine
remark-undelivered = not delivered
mail-empty = (This email has no text.)

# Automatic messages
bot-greeting = Hello. Thank you for your message. A technician will be with you shortly.
bot-ask_email = What is your email address?
bot-ask_email_why = With it we can answer you even if you have to leave.
bot-email_thanks = Thank you. We will use this address if we miss you here.

# What happened
deleted = { $name } deleted this message
opened = { $customer } started the chat
joined = { $name } joined the chat
taken = { $name } took over the request
resolved = { $name } marked the case as resolved
reopened = { $name } opened the case again
reopened-by-message = The case was opened again by a message of the customer
transferred = The case was handed over to { $name }
queued = The case went back to the queue
contact = { $customer } gave the email address { $email }
ended-customer = { $customer } ended the chat
ended-technician = { $name } ended the chat
ended-resolved = The chat ended because the case was resolved
ended-request = The chat ended because the customer left a support request instead
ended-gone = The chat ended because the customer's page was closed

# In a mail
mail-subject = Transcript of case { $number } – { $company }
mail-intro-customer = Here is the transcript of your conversation with { $company } that you asked for.
mail-intro-customer-sent = { $company } sends you the transcript of your conversation.
mail-intro-staff = Here is the transcript of case { $number } that you asked for.
mail-intro-address = { $company } sends you the transcript of case { $number }.
mail-cut = This conversation is too long for one mail. Its latest part follows; { $left } earlier entries are left out. The whole transcript can be downloaded from Deskbus.
