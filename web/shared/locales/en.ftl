### Every text of Deskbus in English. en, es and de have the same messages with the same variables;
### a test says so. Sentence case, verbs on buttons, no exclamation marks, no blame.

## Shared: words and parts of both sides

send = Send
close = Close
discard = Discard
try-again = Try again
language = Language
you = You
conversation = Conversation
jump-to-newest = Newest messages
message-from = { $name }: { $text }
message-late = Written after the end
message-deleted = { $name } deleted this message
message-deleted-you = You deleted this message
message-deleted-somebody = This message was deleted
message-overdue = Not delivered yet. We keep trying.
message-not-sent = Not sent.
typing = { $name } is typing
typing-somebody = Someone is typing
delivery-waiting = Not delivered yet
delivery-sent = Sent
delivery-delivered = Delivered
delivery-read = Read
composer-hint = Enter to send, Shift + Enter for a new line
text-count = { NUMBER($count) } of { NUMBER($limit) }
text-too-long = { $over ->
    [one] One character too many.
   *[other] { NUMBER($over) } characters too many.
  }
connection-trying = Not connected. Trying again.
connection-unsent = Not delivered yet. Trying again.

## Shared: parts of a page that come later

loading = Loading
part-missing = This part could not be loaded
part-missing-text = There may be no connection, or a newer version of Deskbus. What you have written elsewhere is kept.
read-again = Reload the page

## Shared: automatic messages

bot-name = Automatic message
bot-greeting = Hello. Thank you for your message. A technician will be with you shortly.
bot-ask-email = What is your email address?
bot-ask-email-why = With it we can answer you even if you have to leave.
bot-email-thanks = Thank you. We will use this address if we miss you here.
bot-other = This automatic message needs a newer version of the page. Please reload it.

## Shared: what is wrong with a field

field-required = Please fill this in.
field-invalid = This cannot be accepted. Please check it.
field-invalid-email = This does not look like an email address. Example: name@example.com
field-all-companies-needed = The audit log and the account itself are for keys of all companies.
field-too-long = Please use { NUMBER($max) } characters at most.
field-control-characters = This contains invisible characters. Please type it instead of pasting it.

## Shared: errors, each under its stable code

error-network = The server cannot be reached. Check your connection and try again.
error-unavailable = This is not available for the moment. Please try again shortly.
error-internal = Something went wrong on our side. Please try again; if it stays, contact support.
error-invalid-input = Some of what was entered cannot be accepted. Please check the fields.
error-not-found = There is nothing here. It may have been moved or removed.
error-method-not-allowed = This cannot be done here.
error-too-large = This is too large to be accepted. Please shorten it.
error-text-too-long = This message is too long. Please shorten it or send it in parts.
error-control-characters = This contains invisible characters. Please type it instead of pasting it.
error-token-invalid = Your session is no longer valid. Please start again.
error-token-expired = Your session has ended. Please start again.
error-ticket-invalid = This chat could not be started. Please go back and try again.
error-portal-unknown = There is no support page at this address.
error-portal-not-taking-chats = Nobody can take a chat for the moment.
error-conversation-unknown = This conversation is not available.
error-conversation-deleted = This conversation was deleted. Nothing of it is kept.
error-conversation-ended = This chat has ended.
error-case-unknown = There is no such case, or you have no access to it.
error-case-moved-on = { $who ->
    [other] Meanwhile the case has changed: it is
   *[technician] { $name } was faster: the case is
  } { $state ->
    [pending] pending
    [unassigned] unassigned
    [assigned] assigned
    [snoozed] snoozed
    [resolved] resolved
   *[changed] in another state
  } now.
error-case-not-assigned = Nobody is assigned to this case yet.
error-transcript-empty = Nothing was written here yet, so there is no transcript.
error-email-unknown = No email address is known for this. Please enter one.
error-too-many-transcripts = The transcript was mailed several times already. Please try again in an hour.
error-protocol-unsupported = This page is out of date. Please reload it.
error-frame-too-large = This is too large to be accepted. Please shorten it.
error-frame-invalid = This page and the server do not understand each other. Please reload the page.
error-rate-limited = That was too much at once. Please wait a moment and try again.
error-text-empty = This message is empty.
error-invalid-email = This does not look like an email address. Please check it.
error-authentication-timeout = The connection took too long. It is tried again by itself.
error-too-many-sockets = This is open in too many windows. Please close some of them.
error-message-conflict = A different message was already sent in its place. Please write it again.
error-admission-taken = This chat was already started. Please press the button again.
error-link-invalid = This link is not complete. Please open it from the mail once more.
error-survey-answered = The survey for this case has been answered already. Thank you.
error-survey-not-open = There is no survey to answer for the moment.
error-mail-unknown = There is no such email, or you have no access to it.

## Portal: the page and its states

portal-title = Support
portal-title-company = { $company } support
portal-loading = Loading
portal-unknown-title = There is no support page here
portal-unknown-text = Please check the address. If you followed a link, tell the company that sent it to you.
portal-unavailable-title = Service not available
portal-unavailable-text = We apologise for any inconvenience this may cause.
portal-request-title = Nobody is available for a chat right now
portal-request-text = Leave your question, and we will answer by email. As soon as someone is back, this page offers you the chat.
portal-failed-title = This page could not be loaded

## Portal: the form

form-title = How can we help?
form-text = Tell us who you are, then ask your question in the chat.
form-first-name = First name
form-last-name = Last name
form-email = Email
form-email-hint = So that we can answer even if you have to leave.
form-email-optional = Email (optional)
form-email-hint-request = Our answer goes to this address.
form-question = Your question
form-send = Send
form-sending = Sending
form-chat-possible = Somebody is available for a chat now.
form-chat-instead = Chat instead
form-submit = Chat
form-starting = Starting the chat
form-errors = { $count ->
    [one] One field needs your attention.
   *[other] { NUMBER($count) } fields need your attention.
  }

## Portal: the chat

chat-compose = Your message
chat-compose-first = Type your question
chat-compose-next = Type a message
chat-empty-title = What can we do for you, { $name }?
chat-empty-text = Type your question below. The more you tell us, the sooner we can help.
chat-waiting-title = Thank you. A technician will join you shortly.
chat-waiting-text = Keep this page open; you can add to your question meanwhile.
chat-waiting-time = Waiting
chat-waiting-leave = If you would rather not wait, click { $here } and leave your question.
chat-waiting-here = here
chat-waiting-here-label = here: stop waiting and leave your question
chat-offer-title = This is taking longer than usual
chat-offer-text = Leave your question, and we will answer by email. Or keep waiting: you keep your place.
chat-offer-leave = Leave my question
chat-offer-wait = Keep waiting
chat-with = With { $name }
chat-not-joined = Nobody has joined yet
chat-activity-joined = { $name } has joined
chat-activity-taken = { $name } is looking after your request
chat-activity-left = { $name } has left
chat-activity-resolved = The request was marked as resolved
chat-activity-reopened = The request was opened again
chat-activity-transferred = { $name } is taking over
chat-activity-queued = Your request is waiting for another colleague
chat-activity-contact = You gave the address { $email }
chat-activity-retracted = A copy of a message with other words was refused
chat-activity-other = The request was updated
chat-ended-customer = You ended the chat
chat-ended-technician = The technician ended the chat
chat-ended-resolved = The chat ended because the request was resolved
chat-ended-request = You stopped waiting and sent a request
chat-ended-gone = The chat ended because this page was closed
chat-end = End chat
chat-end-title = End this chat?
chat-end-text = You can start a new chat at any time.
chat-end-yes = Yes
chat-end-no = No, continue
chat-ending = Ending the chat
chat-over-title = This chat has ended
chat-resolved-title = Your request is resolved
chat-over-text = Thank you for contacting us.
chat-over-new = Start a new chat
chat-lost-title = This chat cannot be opened any more
chat-lost-text = It may be too old. You can start a new one.
chat-deleted-title = This conversation was deleted
chat-deleted-text = Nothing of it is kept. You can start a new one at any time.

## Portal later: a request

request-title-request = Thank you. Your request has been sent.
request-title-gone = Your chat has become a request
request-next = What happens next
request-next-mail = You get a confirmation by email to { $email }.
request-next-answer = A technician reads your question and answers by email.
request-next-number = If you contact us again, please give the case number.
request-next-no-email = We have no email address of yours. To get an answer, please start again and give one.
request-another = Ask another question
request-deleted-title = This request was deleted
request-deleted-text = Nothing of it is kept. You can ask again at any time.
case-number = Case number { $number }

## Portal later: a wait that is given up

leave-title = Leave your question
leave-text = We answer by email. What you wrote in the chat comes along. Until you send this, you keep your place.
leave-text-to = We answer by email to { $email }. What you wrote in the chat comes along. Until you send this, you keep your place.
leave-back = Keep waiting

## Portal later: the survey

survey-title = How did we do?
survey-rating-1 = Very bad
survey-rating-2 = Bad
survey-rating-3 = Okay
survey-rating-4 = Good
survey-rating-5 = Very good
survey-missing = Please choose one of the five.
survey-comment = Anything you would like to add (optional)
survey-send = Send rating
survey-sending = Sending
survey-thanks = Thank you for your rating
survey-given = Your answer: { $rating }

## Portal later: to take along

copies-download = Download chat log
copies-form-txt = Text
copies-form-html = HTML
copies-form-pdf = PDF
copies-request = Request a transcript of the conversation
copies-requesting = Requesting
copies-request-again = Request it again
copies-mail-requested = The transcript is on its way to { $email }.
copies-mail-sending = The transcript is on its way to { $email }.
copies-mail-waiting = The mail server does not take it for the moment. We keep trying; you may close this page.
copies-mail-accepted = The transcript was sent to { $email }.
copies-mail-failed = The transcript could not be delivered to { $email }.
copies-mail-unknown = The connection broke while it was sent. It may have reached { $email }; please look there first.

## Status: a request as the link of a mail shows it

status-title = Your request { $number }
status-loading = Loading your request
status-received = We have received it
status-received-text = Somebody will look at it soon. You need not do anything.
status-in-progress = { $name } is working on it
status-in-progress-somebody = Somebody is working on it
status-in-progress-text = You will hear from us as soon as there is news.
status-resolved = It is resolved
status-resolved-text = If something is still open, please ask again and give the number { $number }.
status-steps = What has happened so far
status-step-received = Received
status-step-in-progress = In progress
status-step-resolved = Resolved
status-invalid-title = This link does not work
status-invalid-text = It may have been cut off on its way. Please open it from the mail once more, or copy the whole of it.
status-gone-title = This request is no longer here
status-gone-text = It was deleted, with all that belonged to it. You can ask again at any time.
status-failed-title = Your request cannot be shown for the moment

## Console: errors that customers never meet

field-whole-number = Please enter a whole number from 0 to { NUMBER($max) }.
field-seconds = Please enter a whole number of seconds, from 1 to { NUMBER($max) }.
field-days = Please enter a whole number of days, from 1 to { NUMBER($max) }.
error-chat-not-ended = This case can be deleted once its chat has ended.
error-customer-without-address = No email address of this customer is known. Please ask for one.
error-mail-was-sent = This email was already sent, as it was before you changed it. If you send again, it goes as another email.
error-message-unknown = This message does not exist any more.
error-deletion-not-allowed = Only its author and administrators can delete this message.
error-session-ended = You are signed out. Please sign in again.
error-received-mail-unknown = There is no such mail (any more).
error-inbox-entry-unknown = There is no such notification any more.
error-administrators-only = Only administrators can do this.
error-api-key-invalid = This API key is not valid any more.
error-scope-missing = This API key may not do this: it lacks the scope { $scope }.
error-needs-technician = An API key cannot take a case. Give the case to a technician instead.
error-not-for-api-keys = This cannot be done with an API key.
error-api-key-rate-limited = This API key has used up its { $limit } requests a minute. Please try again in { $seconds } s.

## Console

# Words of many places
cancel = Cancel
save = Save
undo = Undo

# The frame: top bar, menus, notices
console-navigation = Main
console-cases = Cases
console-settings = Settings
console-messages = Messages
console-shortcuts = Keyboard shortcuts
console-session = Session
console-theme = Appearance
console-theme-system = Like the system
console-theme-light = Light
console-theme-dark = Dark
console-person-menu = { $name }: language, appearance, sign out
console-status-menu = Status: { $status }
console-status-chats = Chat requests
console-available = Available
console-available-note = You see incoming requests, and new ones alert you.
console-not-available = Not available
console-not-available-note = Incoming requests are hidden and silent. Your own cases go on.
console-not-available-note-shown = Incoming requests are silent, but you see them and can take them. Your own cases go on.
console-notifications = Notifications
console-sound = Sound
console-sound-ask = Play a sound when a customer is waiting?
console-sound-enable = Enable sound
console-sound-decline = No sound
console-sound-blocked = Your browser blocks the sound for now. You would not hear a waiting customer.
console-sound-blocked-short = Blocked by the browser
console-offline = No connection. What you see may be out of date; we keep trying by ourselves.
unread-away = This is not available for the moment. We keep trying by ourselves.
console-unreachable-title = Deskbus does not answer
console-alert-live-chat = A customer is waiting: live chat, case number { $number }
console-alert-request = A support request has arrived: case number { $number }
console-alert-email = An email has arrived: case number { $number }
console-alert-reopened = A customer has come back: case number { $number }

# Signing in and out
console-sign-in-title = Sign in to Deskbus
console-sign-in = Sign in
console-sign-out = Sign out
console-email = Email
console-password = Password
console-email-required = Please enter your email.
console-email-invalid = This does not look like an email address. Example: name@example.com
console-password-required = Please enter your password.
console-session-ended = Your session has ended. Please sign in again.
error-sign-in-failed = Email or password is not right. Please check both and try again.
error-too-many-attempts = Too many attempts. Please wait a few minutes and try again.

# Filters and orders of lists
filter-bar = Filter and order
filter-add = Filter
filter-by = Fields
filter-by-words = Words
filter-clear = Clear
place-misread = This address filters by something that does not exist: { $names }. It was left out.
filter-remove = Remove filter: { $field }
filter-chip = { $field }: { $values }
filter-words = Type words
filter-no-choice = There is nothing to choose yet.
filter-me = Me
filter-category = Active or closed
filter-category-active = Active
filter-category-closed = Closed
filter-state = State
filter-follow-up = Follow-up
filter-follow-up-active = Active
filter-follow-up-active-note = No follow-up email yet, or the customer wrote since
filter-follow-up-closed = Closed
filter-follow-up-closed-note = A follow-up email was sent
filter-technician = Technician
filter-label = Label
filter-priority = Priority
filter-flagged = Flag
filter-flagged-true = Flagged
filter-flagged-false = Not flagged
filter-type = Type
filter-portal = Portal
filter-spam = Spam
filter-spam-true = Only spam
filter-customer = From
filter-title = Title
filter-q = Anywhere
filter-nothing = No case fits
filter-nothing-text = Nothing in this list is all that the filter asks for.
filter-hides = There are cases without one of these:
filter-without = Without { $what }
filter-save = Save this filter
filter-name = Name
filter-share = Share with everybody of the account
filter-shared = Shared with everybody
filter-save-new = Save as new
filter-save-changes = Save changes
filter-saved = { $name } is saved.
filter-saved-title = Saved filters
filter-actions = Actions for { $name }
filter-delete = Delete filter
sort-title = Sort by
sort-by = Sorted by: { $order }
sort-direction = Direction
sort-turned = The other way round
sort-created = Created
sort-updated = Updated
sort-customer = Last message of the customer
sort-waiting = Waiting longest
sort-priority = Priority
sort-sla = Due next
sort-relevance = Best fit

# The lists of cases
console-lists = Case lists
console-list-unassigned = Unassigned
console-list-mine = My cases
console-list-all = All cases
console-empty-unassigned = Nobody is waiting
console-empty-unassigned-text = A new case appears here by itself, with a sound when you are available.
console-away-title = You are not available
console-away-text = Incoming requests are hidden and do not alert you. Your own cases go on under My cases.
console-hidden-all = Cases that wait for somebody are hidden while you are not available.
console-become-available = Become available
console-no-portal = No customer portal yet
console-no-portal-text = Cases come in through the customer portal of a company. Once a company that you have access to has one, its cases appear here.
console-no-portal-administrator = You are an administrator: the first portal needs a company and an address of its own.
console-no-portal-technician = An administrator makes the portal, or gives you access to its company.
console-add-portal = Add customer portal
console-look-again = Check again
console-empty-mine = No cases of yours
console-empty-mine-text = Cases that you assign to yourself stay here until they are resolved.
console-empty-all = No cases yet
console-empty-all-text = Every case of your customers will be listed here, whoever works on it.
console-loading-more = Loading more
console-unseen = { $count ->
    [one] { $count } new case
   *[other] { $count } new cases
}
console-unread = { $count ->
    [one] { $count } unread message
   *[other] { $count } unread messages
}
console-type-live-chat = Live chat
console-type-request = Support request
console-type-email = Email
console-type-call = Phone call
console-type-ended = ended
console-no-preview = No question yet
console-you = You
console-time-waiting = Waiting
console-time-live = Chatting
console-time-request = Open
console-time-ended = Lasted
console-time-title = { $what }, since { $since }
console-unanswered = Unanswered for
console-unanswered-since = The customer waits for an answer since { $since }
console-resize-list = Width of the list
console-resize-details = Width of the details

# Deleting a case for good, and its receipt.

console-delete = Delete case
console-delete-live = Delete case (once its chat has ended)
console-delete-text = Names, addresses, the chat, files and every other detail of case #{ $number } are deleted for good, for the customer too. This cannot be undone.
console-deleted = Case #{ $number } is deleted.
console-deleted-receipt = Show receipt
console-deleted-by = { $name } deleted case #{ $number }.
console-deleted-title = This case was deleted
console-deleted-text = An administrator deleted it for good, with everything in it.
settings-erasures = Deleted cases

## Console settings: errors of what is kept there

error-label-taken = There is a label with this name already. Please choose another name.
error-too-many-labels = The account has as many labels as it can have. Please retire some first.
error-macro-taken = There is a macro with this name already. Please choose another name.
error-too-many-macros = There are as many macros as there can be. Please delete some first.
error-rule-unknown = This rule does not exist any more.
error-too-many-rules = There are as many rules as there can be. Please delete some first.
error-rule-broken = This rule names something that does not exist any more. Please correct it first.
error-company-has-portal = This company has a portal already. Please change that one, or choose another company.

## Console settings: deleted cases

settings-erasures-about = What became of each deleted case, store by store. Nothing of what was in them is left to be shown.
settings-erasures-by = Deleted by { $name }, { $time }
settings-erasures-more = Show more
settings-erasures-none = No case was deleted
settings-erasures-none-text = Administrators delete a case from the bar above its details, once its chat has ended.
erasure-state-purging = Purging
erasure-state-incomplete = Incomplete
erasure-state-purged = Purged
erasure-state-complete = Complete
erasure-about-purging = Every service was asked to purge what it holds, and answers store by store.
erasure-about-incomplete = A service has not answered, or could not purge a store. It is asked again by itself until it can.
erasure-about-purged = Every service has purged what it held. They look once more for what was still on its way.
erasure-about-complete = Every service has purged what it held; a second look found nothing more.
erasure-attempts = They were asked { NUMBER($count) } times.
erasure-completed = Complete since { $time }.
erasure-stores = Store by store
erasure-service = Service
erasure-answer = Answer
erasure-removed = Removed
erasure-service-portal = Admission
erasure-service-chat = Conversations
erasure-service-cases = Cases
erasure-service-notify = Alerts and mail
erasure-service-transcripts = Transcripts
erasure-answer-waiting = No answer yet
erasure-answer-failed = Could not purge all
erasure-answer-purged = Purged
erasure-store-data-key = Data key
erasure-store-outbox = Messages told
erasure-store-parked = Messages set aside
erasure-store-timers = Timers
erasure-store-rule-runs = Runs of rules
erasure-store-conversations = Conversation
erasure-store-entries = Entries
erasure-store-cursors = Read marks
erasure-store-tickets = Tickets
erasure-store-cases = Case
erasure-store-history = History
erasure-store-waits = Waits
erasure-store-decisions = Alerts
erasure-store-streams = Event counters
erasure-store-mails = Mails
erasure-store-planned = Planned surveys
erasure-store-admissions = Admissions
erasure-store-dead-letters = Dead letters
erasure-store-contacts = Details of the contact
erasure-store-looks = Looks at the case
erasure-store-inbox-entries = Notifications
erasure-store-received = Mails received
erasure-store-received-pieces = Parts of mails received
erasure-broker = On the message broker
erasure-tombstone = Key destroyed by the record at partition { $partition }, offset { $offset }, { $time }.
erasure-tombstone-none = The record that destroys the key is not written yet.
erasure-key-gone-by = The encrypted key itself is compacted away by { $time }.
erasure-key-embedded = The embedded broker keeps the encrypted key in memory until it stops.
erasure-topic-gone-by = Unreadable now; the last record goes by { $time }.
erasure-topic-embedded = Unreadable now; the embedded broker forgets it when it stops.
erasure-remains = What nobody can purge
erasure-remains-database-files = Blocks that MongoDB has given up but not overwritten yet, its journal and its operation log. Everything in them is encrypted, the key of the case too: it opens only with the secret of this desk.
erasure-remains-backups = Backups made before, until they are replaced. The same holds for them.
erasure-remains-mails-delivered = Mails that were already delivered to somebody.

## Console: conversations, contacts, and what belongs together

# The conversation
console-conversation = Conversation
console-nothing-selected = No case selected
console-nothing-selected-text = Choose a case from the list to read the conversation and to help.
console-case-missing = This case cannot be shown
console-hidden-case = This case is not shown
console-hidden-case-text = If it waits for somebody, it is hidden while you are not available for chat requests.
console-back-to-list = Back to the list
console-back-to-conversation = Back to the conversation
console-no-messages = { $name } has not written yet.
console-reply-label = Message to { $name }
console-reply-placeholder = Write to { $name }
console-hint-assign = Assign the case to yourself to reply.
console-hint-other = { $name } is working on this case.
console-hint-ended-no-email = This chat has ended, and no email address is known.
console-hint-request-no-email = The customer left no email address, so this request cannot be answered by email.
console-write-mail = Write an email
console-email-none = Not known
console-leave = Leave chat
console-leave-title = Leave this chat?
console-leave-text = The chat ends for you and for { $name } and cannot be continued. The case stays with you.
console-leave-yes = Leave chat
console-resolve-title = Resolve and end the chat?
console-resolve-text = { $name } is still in the chat. It ends for both of you and cannot be continued.
console-resolve-yes = Resolve case
console-device = Device information
console-device-unknown = The customer’s browser told nothing about itself.
console-device-browser = Browser
console-device-system = System
console-device-kind = Kind of device
console-device-kind-desktop = Computer
console-device-kind-mobile = Phone
console-device-kind-tablet = Tablet
console-device-page = Page
console-device-user-agent = In its own words
console-device-language = Language
console-device-time-zone = Time zone
console-device-screen = Screen
console-activity-joined = { $name } joined the chat
console-activity-joined-you = You joined the chat
console-activity-taken = { $name } took the case
console-activity-taken-you = You took the case
console-activity-left = { $name } left the chat
console-activity-resolved = { $name } resolved the case
console-activity-resolved-you = You resolved the case
console-activity-reopened = { $name } reopened the case
console-activity-reopened-you = You reopened the case
console-activity-retracted = A copy of a message with other words was refused
console-activity-transferred = { $name } is taking over
console-activity-queued = The case went back to the queue
console-activity-other = The case was updated
console-contact = { $name } gave the address { $email }
console-ended-customer = { $name } ended the chat
console-ended-technician = { $name } ended the chat
console-ended-you = You ended the chat
console-ended-somebody = The chat was ended
console-ended-resolved = The chat ended because the case was resolved
console-ended-request = { $name } stopped waiting and sent a support request
console-ended-gone = { $name } closed the page before anybody joined; the chat is a support request now

# A follow-up email to the customer (S31, S61)
console-mail-tab = Email
console-mail-to = Email to { $email }
console-mail-line-to = To
console-mail-subject = Subject
console-mail-text = Text of the email
console-mail-placeholder = Write to { $name }
console-mail-hint = Greeting and signature are added in the customer’s language.
console-mail-hint-live = The customer is in the chat: a reply reaches them sooner.
console-mail-keys = Ctrl+Enter sends.
console-mail-send = Send email
console-mail-assign-and-send = Assign to me and send
console-mail-not-taken = Not sent: the case could not be assigned to you. Your text is kept.
console-mail-moved-on = { $news } Your email has not been sent. Send it again if it still fits.
console-mail-card = Email to the customer
console-mail-card-to = emailed { $email }
console-mail-fate-requested = On its way to the mail server
console-mail-fate-sending = On its way to the mail server
console-mail-fate-waiting = Not sent yet: the mail server does not take it. It is tried again by itself for up to a day.
console-mail-fate-accepted = Sent: the mail server has accepted it
console-mail-fate-failed = Not delivered. Check the address with the customer, then write again.
console-mail-fate-unknown = It may have arrived: the connection broke. It is not sent again by itself.
console-mail-again = Write again
console-follow-up = Follow-up email
console-past-mails = Emails

# Somebody was gone for long
console-away = You were set to not available ({ $at }), because your console had not been connected since { $since }.
console-away-stay = Stay not available

# Who else is at a case
console-onlooker-looking = { $name } is looking at this case
console-onlooker-typing = { $name } is typing a reply
console-onlookers-typing = { $count ->
    [one] One colleague is typing a reply
   *[other] { $count } colleagues are typing a reply
}

# What can be done with a message
console-message-menu = Message actions
console-message-copy = Copy
console-message-copied = The message was copied.
console-message-not-copied = This browser does not allow copying. Please select the text instead.
console-message-delete = Delete
console-message-delete-question = Delete this message?
console-message-delete-text = Its text disappears for you and for the customer, from the case and from transcripts, and cannot be had back. Both sides see that you deleted it.

# The details of a case and what is done with it
console-details = Case details
console-case-title = Case #{ $number }
console-status = Status
console-case-status = Case status: { $state }
console-state-pending = Pending
console-state-unassigned = Unassigned
console-state-assigned = Assigned
console-state-snoozed = Snoozed
console-state-resolved = Resolved
console-assignee = Assigned to
console-nobody = Nobody
console-name-you = { $name } (you)
console-created = Created
console-requested = Requested
console-requested-after = after waiting { $waited }
console-survey = Survey
console-rating = { $rating } of 5
console-customer = Customer
console-first-name = First name
console-last-name = Last name
console-portal = Portal
console-problem = Problem
console-action-assign = Assign to me
console-action-resolve = Resolve case
console-action-reopen = Reopen case
console-action-open = Open case
console-done-resolve = Case #{ $number } is resolved.
console-done-reopen = Case #{ $number } is open again and yours.
console-done-open = Case #{ $number } is open and yours.
console-done-spam = Case #{ $number } is marked as spam.
console-done-snooze = Case #{ $number } is put off.
console-done-pending = Case #{ $number } is pending.
console-done-transfer = Case #{ $number } is transferred.
console-moved-on = Case #{ $number } has changed in the meantime.
console-moved-on-you = You did this already, in another window.
console-moved-on-unassigned = { $name } has returned case #{ $number } to Unassigned.
console-moved-on-assigned = { $name } was faster and has case #{ $number } now.
console-moved-on-resolved = { $name } has already resolved case #{ $number }.
console-moved-on-snoozed = { $name } has put case #{ $number } off.
console-moved-on-pending = { $name } has marked case #{ $number } as pending.

# What was shown and did not hold
console-taken-back = Case #{ $number } is as it was before. { $why }
console-note-lost = The note on case #{ $number } was not kept. { $why }
console-message-kept = The message of case #{ $number } was not deleted. { $why }
error-label-unknown = This label does not exist any more. Please choose another one.
error-cursor-invalid = This trial cannot be continued. Please start it again.
error-macro-unknown = This macro does not exist any more. Please choose another one.
error-portal-not-found = There is no such portal. Please load the page again.
error-snooze-in-past = This time is in the past. Please choose a later one.
error-snooze-too-long = A case can be put off for a year at most. Please choose an earlier time.
error-nothing-to-undo = This change cannot be undone any more.
error-technician-cannot-take = This person has no access to the case. Please choose somebody else.
error-not-in-account = Your account has no such portal or technician any more. Please reload the page.
error-company-unknown = There is no such company any more. Please reload the page.
error-own-portal-unknown = There is no such portal any more. Please reload the page.
error-moment-unknown = The case did not exist at that time.

# Contacts

error-contact-unknown = There is no such contact, or none of its cases is one that you may see.
error-contact-moved-on = Somebody has changed this contact meanwhile. Please look at it again.
error-contact-address-taken = Another contact has this address. Please merge the two contacts instead.
error-contact-same = A contact cannot be merged with itself. Please choose another one.
error-contact-elsewhere = This contact has cases of companies that you have no access to. Ask somebody who has access to all of them.
error-portal-not-yours = There is no such portal among those that you work for. Please choose another one.
error-case-is-merged = This case was merged into another one. Please go on there, or undo the merge.
error-case-not-merged = This case is not merged into another one.
error-case-same = A case cannot be merged into itself. Please choose another one.
error-case-other-company = Only cases of the same company can be merged.
error-case-still-live = A case can be merged into another one once its chat has ended.
contacts-title = Contacts
contact-title = Contact
contact-open = Open contact
contact-none = This customer becomes a contact once their email address is known.
contact-verified = Verified
contact-unverified = Not verified
contact-unverified-text = The address was only typed. Anyone can type it.
contact-verify = Mark as verified
contact-unverify = Not verified after all
previous-title = Previous conversations
previous-none = No other conversation of this customer.
previous-more = Show more
contacts-search = Search contacts
contacts-none = No contacts yet
contacts-none-text = A customer becomes a contact with their first case that has an email address.
contacts-not-found = No contact matches
contacts-not-found-text = Search for the beginning of a name, an address, an organisation or a phone number.
contact-nothing = Select a contact
contact-nothing-text = Here you see what is known of a customer, and all of their cases.
contact-cases = { $count ->
    [one] 1 case
   *[other] { $count } cases
}
contact-cases-title = Cases
contact-emails = Email addresses
contact-emails-hint = One address in each line. Cases with one of them belong to this contact.
contact-organisation = Organisation
contact-phone = Phone
contact-note = Note
contact-note-hint = Only your team sees it.
contact-first-seen = First seen
contact-last-seen = Last seen
contact-edit = Edit contact
contact-merge = Merge contacts
contact-merge-into = Merge with another contact
contact-merge-text = The chosen contact becomes part of this one, with all of its cases. This cannot be undone.
contact-merge-search = Which contact is the same person?
contact-back = Back to the contacts
contact-unnamed = No name
console-did-contact-linked = { $name } changed whether the customer is verified
contact-merged = The contacts were merged
contact-delete = Delete contact
contact-delete-question = Delete this contact?
contact-delete-text = The contact and every case of theirs are deleted for good, in all services, with a receipt for each case. This cannot be undone.
contact-deleted = The contact is deleted. The receipts stand in Settings.

# Cases made by hand, merged and split

console-time-received = Since it was received
make-title = New case
make-from = New case from #{ $number }
make-split = Split off from #{ $number }
make-from-menu = New case from this one
make-split-menu = New case from here on
make-from-text = The new case refers to #{ $number } and shows what was said there. The conversation itself stays with #{ $number }.
make-type = What it is
make-name = Title of the case
field-optional = { $field } (optional)
make-mine = Assign it to me
make-do = Make case
merge-menu = Merge into another case
merge-title = Merge #{ $number } into another case
merge-text = The case is resolved and goes on in the other one, which shows both conversations. What the customer writes later arrives there. You can undo it.
merge-search = Which case is it the same as?
merge-none = No case found. Search by number, name or title.
merge-do = Merge
merge-done = #{ $number } was merged into #{ $into }
merge-undo = Undo merge
merge-undone = #{ $number } goes on by itself again
merge-notice = This case was merged into #{ $number }.
merge-open = Open #{ $number }
merge-into-fact = Merged into
merge-from-fact = Merged from
refers-fact = Made from
elsewhere-label = { $name } in #{ $number }
command-make-words = create add call phone email request by hand
command-merge-words = duplicate combine join
console-did-merged = { $name } merged this case into #{ $number }
console-did-unmerged = { $name } undid the merge into #{ $number }
console-did-absorbed = { $name } merged #{ $number } into this case
console-did-released = { $name } took #{ $number } out of this case again
console-did-split = { $name } made #{ $number } from this case

# Search
console-search = Search cases
console-search-label = Search cases by name, number, title or words
console-search-none = No case fits. Try fewer or other words.
console-search-found = Cases found
console-search-count = { $count ->
    [one] One case found
   *[other] { $count } cases found
  }
error-search-too-short = Please type at least { $least } characters.
error-sort-needs-search = Sorting by relevance needs words to search for.
error-filter-unknown = This filter does not exist any more.
error-filter-taken = There is a filter with this name already. Please choose another name.
error-too-many-filters = There are as many filters as there can be. Please delete some first.
error-filter-not-yours = Only its author or an administrator can change this filter.
error-words-not-kept = Words to search for cannot be saved: they may name a customer. Please take them out first.

# What technicians do with a case
console-assignee-of = Assigned technician: { $name }
console-assign-to = Assign to
console-queue = Queue
console-to-queue = Back to the queue
console-to-queue-short = Return to queue
console-transfer-to = Transfer to { $name }
console-transfer = Transfer case
console-hand-over = Hand over to a colleague
console-transfer-note = Note for whoever takes over
console-transfer-hint = Only colleagues see it. You can leave it empty.
console-snooze = Snooze
console-snooze-until = Snooze until
console-snooze-reply = The next reply
console-snooze-reply-days = { $days ->
    [one] The next reply, one day at most
   *[other] The next reply, { NUMBER($days) } days at most
}
console-snooze-tomorrow = Tomorrow, { $time }
console-snooze-next-week = Next week, { $day } { $time }
console-snooze-chosen = Choose a time
console-snooze-short = Snooze case
console-snooze-time = Wake the case at
console-snoozed = Snoozed until
console-labels = Labels
console-labels-add = Add labels
console-labels-none = No labels yet.
console-labels-make = Make the first one
console-label-remove = Remove label { $title }
console-more = More actions
console-rename = Name the case
console-title = Name
console-title-hint = Colleagues find the case by it. The customer does not see it.
console-flag = Flag
console-unflag = Remove flag
console-flagged = Flagged
console-mute = Mute
console-unmute = Unmute
console-muted = Muted
console-muted-text = Muted: it alerts nobody. Messages still arrive.
console-spam = Mark as spam
console-no-spam = Not spam
console-is-spam = Spam
console-priority = Priority
console-priority-urgent = Urgent
console-priority-high = High
console-priority-normal = Normal
console-priority-low = Low
console-write = Write
console-reply = Reply
console-note = Private note
console-note-label = Private note, seen by colleagues only
console-note-placeholder = Write a note. @ calls a colleague.
console-note-hint = Never visible to the customer
console-note-add = Add note
console-team = Colleagues

# The notification inbox (S50)

console-inbox = Notifications
console-inbox-button =
    { $count ->
        [0] Notifications
        [100] Notifications, more than 99 unread
       *[other] Notifications, { $count } unread
    }
console-inbox-only-unread = Unread
console-inbox-read-all = Mark all read
console-inbox-more = Show older
console-inbox-empty = Nothing new for you
console-inbox-empty-text = You are told here when a colleague calls you in a note, when a case becomes yours, when one of yours is back, and when an email of yours is not delivered.
console-inbox-all-read = Everything is read
console-inbox-unread = Unread:
console-inbox-mark-read = Mark as read
console-inbox-mark-unread = Mark as unread
console-inbox-remove = Remove
console-inbox-news =
    { $count ->
        [one] One new notification
       *[other] { $count } new notifications
    }
console-inbox-about = { $text }, case #{ $number }
console-inbox-mentioned = { $name } mentioned you in a note
console-inbox-assigned = { $name } assigned a case to you
console-inbox-assigned-desk = A case was assigned to you automatically
console-inbox-transferred = { $name } transferred a case to you
console-inbox-transferred-desk = A case was transferred to you automatically
console-inbox-woken = { $name } opened your snoozed case
console-inbox-woken-desk = Your snoozed case is open again
console-inbox-reopened = { $name } reopened your case
console-inbox-reopened-desk = The customer reopened your resolved case
console-inbox-sla-warned-desk = Your case is due soon
console-inbox-sla-breached-desk = Your case is overdue
console-inbox-sla-warned-unclaimed-desk = A case that nobody has is due soon
console-inbox-sla-breached-unclaimed-desk = A case that nobody has is overdue
console-inbox-mail-bounced-desk = Your email to a customer was not delivered
console-inbox-other = Something happened in a case of yours
command-inbox-read-all = Mark all notifications as read
command-inbox-words = inbox bell mentions

# What happened to a case

console-history = History
console-history-all = Show all { $count }
console-history-none = Nothing has happened yet.
console-travel = Look back
console-travel-title = Case #{ $number } as it was
console-travel-moment = Moment
console-somebody = Somebody
# Inside a sentence.
console-you-within = you
console-you-name = { $name } (you)
console-the-desk = The desk
console-field-title = name
console-field-priority = priority
console-field-flagged = flag
console-field-muted = mute
console-field-spam = spam mark
console-mark-priority = priority from { $before } to { $after }
console-mark-title-set = name “{ $after }”
console-mark-title = name from “{ $before }” to “{ $after }”
console-mark-title-removed = name “{ $before }” removed
console-mark-on = { $field } set
console-mark-off = { $field } removed
console-did-opened = { $name } opened the case
console-did-described = { $name } described the problem
console-did-heard = { $name } wrote
console-did-answered = { $name } answered
console-did-assigned = { $name } assigned the case to { $to }
console-did-transferred = { $name } transferred the case to { $to }
console-did-queued = { $name } returned the case to the queue
console-did-resolved = { $name } resolved the case
console-did-reopened = { $name } reopened the case
console-did-chat-ended = The chat ended
console-did-requested = { $name } turned the chat into a request
console-did-contact-changed = { $name } gave an email address
console-did-ready = The case waits for a technician
console-did-pending = { $name } marked the case as pending
console-did-snoozed = { $name } snoozed the case until the next reply
console-did-snoozed-reply = { $name } snoozed the case until the next reply, { $until } at the latest
console-did-snoozed-until = { $name } snoozed the case until { $until }
console-did-woken = The case is open again
console-did-labelled-added = { $name } added { $labels }
console-did-labelled-removed = { $name } removed { $labels }
console-did-labelled-both = { $name } added { $added } and removed { $removed }
console-did-edited = { $name } changed: { $fields }
console-did-noted = { $name } wrote a private note
console-did-mailed = { $name } wrote by email
console-did-followed-up = { $name } wrote an email: { $subject }
console-did-follow-up-waiting = An email could not be sent yet and is tried again
console-did-follow-up-accepted = The mail server accepted an email
console-did-follow-up-failed = An email to the customer was not delivered
console-did-follow-up-unknown = An email may have arrived: the connection broke
console-did-follow-up-other = There is news of an email
console-did-restored = { $name } undid their last change
console-did-restored-marks = { $name } undid their last change: { $fields }
console-looked = Looked at by { $names }
console-did-survey-answered = { $name } answered the survey
console-did-mail-to = { $kind } to { $to }: { $state }
console-did-mail-by = { $kind } to { $to }, requested by { $name }: { $state }
console-did-mail-by-customer = { $kind } to { $to }, requested by the customer: { $state }
console-did-mail = { $kind }: { $state }
console-did-other = { $name } changed the case

## Console: the past, from both sides

console-travel-case = The case
console-saw = What the customer saw
console-saw-nothing = Nothing had been said.
console-saw-gone = A message stood here. It was deleted later, and its text is gone.
console-saw-asking = The page asked for the question.
console-saw-waiting = The page said that a technician will be here soon.
console-saw-talking = A technician had joined.
console-saw-request = The page confirmed request #{ $number }: an answer comes by email.
console-saw-link = No page was open. The emails link to one that said how request #{ $number } stood.
console-saw-none = There was no page to look at: no email address was known.
console-saw-resolved = The page said that the request was resolved.
console-saw-survey = The page asked how it was.
console-saw-rated = The page thanked for the rating: { $rating }.
console-said = { $name } wrote
console-said-deleted = { $name } deleted a message
console-contact-given = { $name } gave an email address

## Console: service levels (X10)

console-sla = Service level
console-sla-first-response = First response
console-sla-next-response = Next response
console-sla-resolution = Resolution
console-sla-promise = Promise
console-sla-in = { $what } in { $time }
console-sla-late = { $what } { $time } overdue
console-sla-row-late = { $time } late
console-sla-due-at = { $what } due: { $at }
console-sla-met = { $what } in time, { $at }
console-sla-met-late = { $what } late, { $at }
console-sla-paused = { $what }: the clock stands still
console-did-sla-warned = { $what } is due soon
console-did-sla-breached = { $what } is overdue
console-did-sla-changed = The service level changed, and with it what is due when
settings-sla = Service levels
settings-sla-keywords = SLA, due, first response, office hours, holidays, targets

## Console settings: service levels (X10)

settings-sla-about = How soon customers are answered and cases resolved, within the hours in which you work. A warning comes before something falls due.
sla-place = Applies to
sla-place-all = All portals without their own
sla-place-own = { $portal } (its own)
sla-place-default = { $portal }
sla-inherits = This portal has no service level of its own: what all portals have applies. Save to give it its own.
sla-promises = What is promised
sla-promises-about = In working time. Leave empty what you do not promise. The clocks stand still while a case is pending, snoozed or resolved.
sla-about-first-response = From the beginning of a case to a technician's first answer.
sla-about-next-response = From a customer's later message to the answer to it.
sla-about-resolution = From the beginning of a case until it is resolved.
sla-unit = Unit of { $what }
sla-minutes = minutes
sla-hours = hours
sla-priorities = Other times by priority
sla-warn = Warn
sla-warn-never = Never
sla-warn-share = When { $percent } % of the time is left
sla-removed = The service level is removed.
sla-remove = Use what all portals have
sla-remove-default = Promise nothing
sla-recount = Open cases are counted anew: { $done } of { $total }
sla-preview-open = A chat that comes in now, during office hours:
sla-preview-closed = A chat that comes in now, outside office hours:
sla-preview-due = { $what } is due { $at }
sla-preview-never = never
hours-title = Office hours
hours-about = Only time within these hours counts.
hours-what-counts = What counts
hours-office = Office hours
hours-always = Every hour
hours-zone = Time zone
hours-week = Hours of the week
hours-closed = Closed
hours-begin = { $day } from
hours-end = { $day } until
hours-add = Add hours on { $day }
hours-remove = Remove { $begin } to { $end } on { $day }
hours-next-day = ends the next day
hours-problem = Please give each range a beginning and an end, on at least one day.
hours-holidays = Holidays
hours-holiday-add = Add holiday
hours-holiday-remove = Remove { $day }
sla-trial-title = Try on the last month
sla-trial-about = What would have become of the cases of the last 30 days, with what stands in this form beside what applies now. Nothing is changed.
sla-trial-run = Try on the last month
sla-trial-stop = Stop
sla-trial-progress = Progress of the trial
sla-trial-promise = Promise
sla-trial-met-before = In time now
sla-trial-met-after = In time with this form
sla-trial-late-before = Late now
sla-trial-late-after = Late with this form
sla-trial-summary = { $cases ->
    [one] 1 case looked at, { $changed } would have gone otherwise.
   *[other] { $cases } cases looked at, { $changed } would have gone otherwise.
}
sla-trial-cut = There were more cases than a trial looks at; the rest is left out.
sla-trial-partly = The rest was not looked at yet.
sla-trial-changed = Cases that would have gone otherwise
sla-trial-more = { $count ->
    [one] And 1 more.
   *[other] And { $count } more.
}
sla-trial-becomes-late = { $what } would have been late
sla-trial-becomes-met = { $what } would have been in time

## Console: automatic assignment, and labels

# Automatic assignment on the timeline: who got a case by itself, or why nobody did
console-did-left = { $name } cannot be reached any more: the case is offered again
console-routed-assigned = Assigned automatically to { $name }: available, { $load } of { $capacity } { $kind ->
        [chats] { $capacity ->
            [one] chat
           *[other] chats
        }
       *[other] { $capacity ->
            [one] case
           *[other] cases
        }
    }
console-routed-nobody = Not assigned automatically
console-routed-nobody-no-access = Not assigned automatically: nobody has access to the company
console-routed-nobody-none-available = Not assigned automatically: nobody is available
console-routed-nobody-at-capacity = Not assigned automatically: { $kind ->
        [chats] everybody who is available has enough chats
       *[other] everybody who is available has enough cases
    }
console-routed-nobody-gave-back = Not assigned automatically: whoever is available has just put it back
console-routed-later = { $name }: available, { $load } of { $capacity }, it is not their turn
console-routed-not-available = { $name }: not available
console-routed-at-capacity = { $name }: { $load } of { $capacity } { $kind ->
        [chats] { $capacity ->
            [one] chat
           *[other] chats
        }
       *[other] { $capacity ->
            [one] case
           *[other] cases
        }
    }
console-routed-gave-back = { $name }: put it back
console-routed-passed = { $name }: passed over
console-routed-more = { $count ->
        [one] and one more
       *[other] and { $count } more
    }
settings-labels = Labels
settings-labels-about = Labels sort cases. A label that you delete stays on the cases that have it.
settings-labels-none = No labels yet
settings-labels-none-text = Make labels such as Invoice or Bug, and put them on cases from the details.
settings-label-add = Add label
settings-label-edit = Edit label
settings-label-title = Name
settings-label-colour = Colour
colour-grey = Grey
colour-red = Red
colour-amber = Amber
colour-green = Green
colour-teal = Teal
colour-blue = Blue
colour-violet = Violet
colour-pink = Pink

## Console: macros and rules (X11)

settings-macros = Macros
settings-macros-about = A macro does several things to a case in one step, and one undo takes all of them back. Apply it from the case's menu, with Shift+M, or to many cases at once.
settings-macros-none = No macros yet
settings-macros-none-text = Make one for what you do again and again, such as: label it, answer with a note, resolve it.
macro-add = Add macro
macro-edit = Edit macro
macro-name = Name
macro-name-hint = How you find it, such as “Wrong number, close”
macro-for = Who can use it
macro-for-own = Only me
macro-for-shared = Everybody
macro-own = Only you
macro-shared = Everybody
macro-does = It does, in this order
macro-broken = Names something that does not exist any more
macro-applied = { $name } applied to case { $number }
console-macros = Macros
console-macros-all = All macros…
command-macro = Apply a macro
field-incomplete = Please say what is missing in the marked lines.
automation-actions = Actions
automation-action = Action { $place }
automation-up = Move action { $place } up
automation-down = Move action { $place } down
automation-remove = Remove action { $place }
automation-add-action = Add action
automation-technician = Technician
automation-queue = the queue
automation-gone = (does not exist any more)
automation-no-labels = There are no labels yet.
automation-nobody = nobody
automation-anybody = anybody
automation-or = {" or "}
automation-type-live-chat = live chat
automation-type-request = support request
automation-type-email = email
automation-type-call = call
step-label-add = Add labels
step-label-remove = Remove labels
step-priority = Set the priority to
step-transfer = Give it to
step-assign = Assign it to whoever applies it
step-resolve = Resolve it
step-snooze = Snooze it until
step-pending = Mark it as pending
step-note = Write a private note
step-title = Name it
step-flag = Flag it
step-unflag = Remove the flag
step-mute = Mute it
step-unmute = Unmute it
step-spam = Mark it as spam
step-open = Open it
step-reopen = Reopen it
step-did-label-add = add { $labels }
step-did-label-remove = remove { $labels }
step-did-priority = priority { $priority }
step-did-transfer = give it to { $name }
step-did-assign = assign it
step-did-resolve = resolve it
step-did-snooze = snooze it
step-did-pending = mark it as pending
step-did-note = write a note
step-did-title = name it “{ $title }”
step-did-flag = flag it
step-did-unflag = remove the flag
step-did-mute = mute it
step-did-unmute = unmute it
step-did-spam = mark it as spam
step-did-open = open it
step-did-reopen = reopen it
did-label = labelled
did-priority = priority set
did-transfer = given on
did-assign = assigned
did-resolve = resolved
did-snooze = snoozed
did-pending = marked as pending
did-note = note written
did-title = named
did-flag = flag changed
did-mute = alerts changed
did-spam = spam changed
did-open = opened
did-reopen = reopened
console-did-macro-applied = { $name } applied the macro { $macro }: { $did }
console-did-ruled = { $name }: { $did }
console-did-ruled-not = { $name } could not do anything. { $why }
console-rule-name = Rule { $name }
why-case-moved-on = The state of the case did not allow it.
rule-run-because = When { $when }
settings-rules = Rules
settings-rules-about = Rules do something by themselves when something happens to a case. They are looked at from top to bottom, and each sees what the ones above it have done.
settings-rules-keywords = automation triggers automatic workflow
settings-rules-none = No rules yet
settings-rules-none-text = Make one such as: when a case is opened and it contains “invoice”, add the label Invoice. You can try it on the last month before it does anything.
rule-add = Add rule

## Console settings: a rule (X11)

rule-edit = Edit rule
rule-save-off = Save, switched off
rule-name = Name
rule-name-hint = Shown on the timeline of each case that it touches
rule-when = When
rule-if = If
rule-then = Then
rule-always = It always does. Add a condition to choose cases.
rule-conditions = Conditions
rule-condition = Condition { $place }
rule-remove-condition = Remove condition { $place }
rule-add-condition = Add condition
rule-is-or-not = Holds or not
rule-match = How many have to hold
rule-match-all = all of these hold
rule-match-any = any of these holds
rule-minutes = minutes
rule-stars = of 5 stars
rule-phrases-text = Words, with commas between
rule-phrases-email = A part of the address, such as @example.com
rule-broken = Broken: it names something that does not exist any more, and does nothing.
rule-sentence = When { $when } and { $conditions }: { $actions }
rule-sentence-always = When { $when }: { $actions }

## Console: rules in words (X11)

rule-and = {" and "}
rule-on = On
rule-off = Off
rule-runs = { $count ->
    [0] never ran
    [one] ran once
   *[other] ran { $count } times
  }
rule-failures = { $count ->
    [one] once it could not
   *[other] { $count } times it could not
  }
rule-last = last
rule-up = Move { $name } up
rule-down = Move { $name } down
rule-switch = { $name } is switched on
trigger-pick-opened = a case is opened
trigger-pick-wrote = the customer writes
trigger-pick-waited = the customer has waited for an answer for
trigger-pick-requested = a chat becomes a request
trigger-pick-ready = the bot is done with the customer
trigger-pick-contact-known = the customer's address becomes known
trigger-pick-answered = a technician answers
trigger-pick-assigned = the case is given to somebody
trigger-pick-queued = the case goes back to the queue
trigger-pick-labelled = the labels change
trigger-pick-edited = priority, flag, name, alerts or spam change
trigger-pick-snoozed = the case is snoozed
trigger-pick-woken = a snooze is over
trigger-pick-pending = the case is marked as pending
trigger-pick-chat-ended = the chat ends
trigger-pick-resolved = the case is resolved
trigger-pick-reopened = the case is reopened
trigger-pick-survey-answered = the customer answers the survey
trigger-pick-sla-warned = a promised time is nearly over
trigger-pick-sla-breached = a promised time is over
trigger-opened = a case is opened
trigger-wrote = the customer writes
trigger-waited = { $minutes ->
    [0] the customer has waited for a while
    [one] the customer has waited for a minute
   *[other] the customer has waited for { $minutes } minutes
  }
trigger-requested = a chat becomes a request
trigger-ready = the bot is done with the customer
trigger-contact-known = the customer's address becomes known
trigger-answered = a technician answers
trigger-assigned = the case is given to somebody
trigger-queued = the case goes back to the queue
trigger-labelled = the labels change
trigger-edited = priority, flag, name, alerts or spam change
trigger-snoozed = the case is snoozed
trigger-woken = a snooze is over
trigger-pending = the case is marked as pending
trigger-chat-ended = the chat ends
trigger-resolved = the case is resolved
trigger-reopened = the case is reopened
trigger-survey-answered = the customer answers the survey
trigger-sla-warned = a promised time is nearly over
trigger-sla-breached = a promised time is over
trigger-other = something happens
condition-kind-text = Problem or name
condition-kind-portal = Portal
condition-kind-type = Type
condition-kind-state = State
condition-kind-assignee = Assignee
condition-kind-label = Label
condition-kind-priority = Priority
condition-kind-language = Customer's language
condition-kind-email = Customer's address
condition-kind-flagged = Flag
condition-kind-office-open = Office hours
condition-kind-waited = Customer's wait
condition-kind-rating = Survey
verb-is = is
verb-is-not = is not
verb-contains = contains
verb-contains-not = does not contain
verb-at-least = is at least
verb-at-least-not = is less than
verb-at-most = is at most
verb-at-most-not = is not at most
verb-open = are on
verb-open-not = are over
verb-set = is set
verb-set-not = is not set
condition-text = the problem contains { $values }
condition-text-not = the problem does not contain { $values }
condition-portal = the portal is { $values }
condition-portal-not = the portal is not { $values }
condition-type = the type is { $values }
condition-type-not = the type is not { $values }
condition-state = the state is { $values }
condition-state-not = the state is not { $values }
condition-assignee = { $values } has it
condition-assignee-not = { $values } does not have it
condition-label = it has the label { $values }
condition-label-not = it does not have the label { $values }
condition-priority = the priority is { $values }
condition-priority-not = the priority is not { $values }
condition-language = the customer's language is { $values }
condition-language-not = the customer's language is not { $values }
condition-email = the customer's address contains { $values }
condition-email-not = the customer's address does not contain { $values }
condition-flagged = it is flagged
condition-flagged-not = it is not flagged
condition-office-open = it is within office hours
condition-office-open-not = it is outside of office hours
condition-waited = the customer has waited for at least { $count } minutes
condition-waited-not = the customer has waited for less than { $count } minutes
condition-rating = the survey has at most { $count } of 5 stars
condition-rating-not = the survey does not have at most { $count } of 5 stars
condition-other = something else holds
trial-title = Try the rule
trial-about = See what it would have done in the last month. Nothing is changed.
trial-start = Try on the last month
trial-stop = Stop
trial-count = { $looked ->
    [0] There were no cases in the last month.
   *[other] { NUMBER($touched) } of { NUMBER($looked) } cases would have been touched
  }
trial-old = The rule has been changed since. Try it again.
trial-refused = { $count ->
    [one] In one case it could not have done what it says.
   *[other] In { NUMBER($count) } cases it could not have done what it says.
  }
trial-cut = There were more cases than are looked at; the rest is left out.
trial-cases = { $count ->
    [one] 1 case
   *[other] { NUMBER($count) } cases
  }
trial-cases-label = Cases that would have been touched
trial-times = { $count ->
    [one] once
   *[other] { NUMBER($count) } times
  }
trial-first = The first { NUMBER($count) } are shown.


# The transcript, and mails about a case
console-transcript = Transcript
console-send-transcript = Send transcript
console-send-again = Send again
console-download = Download
console-download-log = Download chat log
console-download-txt = Text
console-download-html = HTML
console-download-pdf = PDF
console-transcript-to = To whom
console-transcript-to-customer = Customer
console-transcript-to-assignee = Assigned technician
console-transcript-to-address = Another address
console-transcript-no-customer = No email address is known
console-transcript-no-assignee = Nobody is assigned
console-sending-requested = Sending to { $recipient }
console-sending-requested-text = It counts as sent once the mail server has accepted it.
console-sending-waiting = Not sent to { $recipient } yet
console-sending-waiting-text = The mail server does not take it at the moment. It is tried again by itself for up to a day. You can close this: the state stays under Emails.
console-sending-accepted = Sent to { $recipient }
console-sending-accepted-text = The mail server has accepted it.
console-sending-failed = Not sent to { $recipient }
console-sending-failed-text = The mail server did not accept it. Check the address, or send it again.
console-sending-unknown = It may have reached { $recipient }
console-sending-unknown-text = The connection broke while the mail server was taking it. So that nobody gets it twice, it is not sent again by itself.
console-mails = Emails
console-mail-acknowledgement = Acknowledgement
console-mail-transcript = Transcript
console-mail-survey = Survey
console-mail-escalation = Nobody came
console-mail-service_level = Service level
console-mail-other = Email
console-mail-follow_up = Email from a technician
console-mail-state-requested = Requested
console-mail-state-sending = Being sent
console-mail-state-waiting = Not sent yet, tried again by itself
console-mail-state-accepted = Sent
console-mail-state-failed = Not sent
console-mail-no-address = Not sent: no email address is known
console-mail-state-unknown = May have arrived: the connection broke

# Who was notified of a case
console-alerts = Who was notified
console-alerts-none = Nobody was notified.
console-alerts-none-pending = Nobody has been notified yet: the case is pending.
console-alerts-count = { $count ->
    [0] nobody
    [one] { $count } person
   *[other] { $count } people
}
console-alert-kind-waiting = Began to wait
console-alert-kind-waiting-again = Was still waiting
console-alert-kind-escalated = Nobody came: told by email
console-alert-kind-sla-warned = { $what } due soon
console-alert-kind-sla-breached = { $what } overdue
console-alerts-told = Notified: { $names }
console-alerts-mailed = By email as well: { $names }
console-alerts-none-muted = Nobody was notified: the case is muted.
console-alerts-none-spam = Nobody was notified: the case is marked as spam.
console-alerts-not-available = Not available: { $names }
console-alerts-not-assignee = Not assigned to the case: { $names }
console-alerts-no-access = No access to this company: { $names }
console-alerts-not-active = No longer active: { $names }
console-former-technician = Former technician

# Settings of the account
console-settings-about = For everybody in { $account }.
console-settings-incoming = Incoming cases
console-settings-closed = Settings are for administrators
console-hide-incoming = Hide incoming cases from technicians who are not available
console-hide-incoming-on = Who is not available does not see cases that wait for somebody, and is not notified of them. Their own cases go on.
console-hide-incoming-off = Everybody sees and can take every case of the companies that they have access to. Who is not available is still not notified.

# Settings > Assignment
settings-assignment = Assignment
settings-assignment-keywords = automatic, round robin, capacity, workload, routing

## Console settings: assignment, and other ways of it tried

settings-assignment-about = Cases that wait can be given out by themselves: to whoever is available, has access to the company and has room, one after the other.
settings-assignment-portals = Automatic assignment
settings-assignment-portals-about = For each portal. What was decided, and why, stands in the history of each case.
settings-assignment-on = New cases are assigned by themselves. They can still be transferred at any time.
settings-assignment-off = Nobody is assigned: cases wait until somebody takes them.
settings-assignment-no-portal = There is no portal yet, so no case comes in.
settings-assignment-sight = Who sees what waits is decided in:
settings-assignment-capacity = Capacity
settings-assignment-capacity-about = How much a technician is assigned at once. Live chats and all other cases count apart; what is snoozed or resolved does not count. People may take more by hand.
settings-assignment-chats = Live chats
settings-assignment-cases = Other cases
settings-assignment-default = Empty for { $number }, as for everybody
settings-assignment-team = Technicians
settings-assignment-team-about = What they have now, of what they are assigned at once.
settings-assignment-technician = Technician
settings-assignment-load = { $load } of { $capacity }
settings-assignment-own = own capacity
settings-assignment-edit = Capacity of { $name }

# Another capacity tried on the last month (N9)
routing-trial-about = What the desk would have decided in the last 30 days with these numbers, by who was there and had how much at that time. Nothing is changed.
routing-trial-outcome = Decision
routing-trial-before = As it was
routing-trial-after = With these numbers
routing-outcome-assigned = Given to somebody at once
routing-outcome-at-capacity = Waited: nobody had room
routing-outcome-none-available = Waited: nobody was available
routing-outcome-no-access = Waited: nobody had access
routing-outcome-gave-back = Waited: who was free had given it back
routing-trial-changed = Cases that would have gone otherwise
routing-trial-nobody = nobody
routing-trial-instead = { $after } instead of { $before }
routing-trial-by-hand = { $count ->
    [one] One case was taken by hand where nothing is assigned automatically, after { $time }. Who was available then is not known.
   *[other] { NUMBER($count) } cases were taken by hand where nothing is assigned automatically, after { $time } on average. Who was available then is not known.
}


# Automatic assignment tried on the last month (S37, N9)
switch-trial-title = Try automatic assignment
switch-trial-about = Who would have got the cases of the last 30 days, had it been on in this portal: by turns among those who were available and had room, each case for as long as it was really worked on. Access and capacity are those of today. Nothing is changed.
switch-trial-portal = Portal
switch-trial-none = No case waited in this portal in the last 30 days.
switch-trial-waits = { $count ->
    [one] One case waited for somebody.
   *[other] { NUMBER($count) } times a case waited for somebody.
}
switch-trial-given = { $count ->
    [0] None would have been given to anybody.
    [one] One would have been given to somebody, not at once: { NUMBER($later) }.
   *[other] { NUMBER($count) } would have been given to somebody, { NUMBER($later) } of them not at once.
}
switch-trial-assumed = { $count ->
    [one] Of one it is not recorded who was available: whoever it is not recorded of counts as available. It is recorded since { $since }.
   *[other] Of { NUMBER($count) } it is not recorded who was available: whoever it is not recorded of counts as available. It is recorded since { $since }.
}
switch-trial-assumed-never = { $count ->
    [one] It is not recorded who was available: everybody counts as available.
   *[other] Of none of them it is recorded who was available: everybody counts as available.
}
switch-trial-before = Taken
switch-trial-after = Would have got
switch-trial-wait = Wait on average
switch-trial-at-once = none
switch-trial-cases = Who would have got which case
switch-trial-instead = { $name } (wait: { $wait }) instead of { $before } (wait: { $waited })

# How long a chat rings, and other times tried on the last month (X4, N9)
ringing-title = When nobody comes to a chat
ringing-about = A live chat rings for everybody who is available. While nobody takes it, it rings again, and at last those who could come are told by mail.
ringing-seconds = Seconds between two rings
ringing-times = How often it rings again
ring-trial-title = Try the times on the last month
ring-trial-about = How often the chats of the last 30 days would have rung with these times. Each wait counts as long as it was: whether somebody would have come sooner is not known. Nothing is changed.
ring-trial-none = No live chat waited in the last 30 days.
ring-trial-waits = { $count ->
    [one] One live chat waited for somebody.
   *[other] { NUMBER($count) } live chats waited for somebody.
}
ring-trial-what = What happens
ring-trial-before = As it is now
ring-trial-chats = Chats that ring again
ring-trial-again = Rings again altogether
ring-trial-mailed = Told by mail at last
ring-trial-given-up = Rung out at last
ring-trial-changed = Chats that would have rung otherwise
ring-trial-waited = waited { $time }
ring-trial-would-mail = would have been told by mail
ring-trial-would-not-mail = would not have been told by mail
ring-trial-instead = rung again: { NUMBER($count) } instead of { NUMBER($before) }
audit-ringing-changed = { $by } changed how often a chat rings: every { $seconds } seconds, { $times } times again

## Console: snooze times

# Snooze times, and others tried on the last month (S36, N9)
settings-snoozing = Snoozing
settings-snoozing-keywords = snooze, tomorrow, next week, reply, morning, put off

## Console settings: snooze times, and others tried

settings-snoozing-about = When a case comes back that somebody puts off, by the clock of whoever puts it off. A message from its customer brings it back at any time.
snooze-days = Tomorrow and next week
snooze-days-about = A case that is put off to a day comes back in the morning. What is put off already stays as it is.
snooze-morning = The morning begins at
snooze-weekday = Next week means
snooze-reply = The next reply
snooze-reply-about = A customer who never writes again is easily forgotten. After so many days the case comes back all the same.
snooze-limit = Wait for a reply
snooze-limit-ever = For ever
snooze-limit-days = Some days at most
snooze-reply-days = Days
snooze-trial-about = When the cases of the last 30 days that were put off would have come back with what stands in this form. What technicians did once a case was back does not count, since they would have done it later. Nothing is changed.
snooze-trial-none = No case was put off in the last 30 days.
snooze-trial-ending = What ended the sleep
snooze-trial-after = With this form
snooze-trial-slept = Slept on average
snooze-ending-reply = The customer wrote
snooze-ending-due = The time had come
snooze-ending-technician = Somebody went on before
snooze-ending-asleep = Sleeps still
snooze-trial-concluded = { $count ->
    [one] Of one snooze it was not kept what was chosen: it is concluded from its time, in your time zone.
   *[other] Of { NUMBER($count) } snoozes it was not kept what was chosen: it is concluded from their times, in your time zone.
}
snooze-trial-changed = Cases that would have come back otherwise
snooze-trial-since = put off { $at }
snooze-trial-instead = { $after } (really: { $before })
snooze-trial-asleep = still asleep
snooze-back-due = back { $at }
snooze-back-reply = back { $at } by a reply
snooze-back-technician = back { $at } by hand
audit-snoozing-changed = { $by } changed when cases come back that are put off

## Console: mails that came in

# Mails that came in
mailed-from = Email from { $name }
mailed-automatic = Written by a machine: the case was not brought back by it
mailed-other-sender = Not the customer’s address: please look who wrote before you answer
mailed-no-text = There is no text in this mail.
mailed-files = Files of this mail
mailed-file-unnamed = Unnamed file
mailed-original = Show original
mailed-original-title = The mail as it came
mailed-original-cut = Only the beginning is shown; save it to have all of it.
mailed-save = Save as a file

# Settings > Customer portals
settings-portals = Customer portals
settings-portals-keywords = portal, address, subdomain, company, chat page

## Console settings: customer portals

error-subdomain-invalid = A subdomain has 3 to 40 letters from a to z, digits or single hyphens inside.
error-subdomain-reserved = The subdomain { $subdomain } is reserved. Please choose another one.
error-subdomain-taken = The subdomain { $subdomain } is taken. Please choose another one.
error-mail-address-taken = Another portal takes its mail at { $address }. Please choose another address.
settings-portals-about = Where customers reach you. Each company has one portal at most.
settings-portals-none = No portal yet
settings-portals-none-text = Customers chat and leave requests at a portal. Make the first one, and open its address.
settings-portal-edit = Customer portal
settings-portal-company = Company
settings-portal-new-company = New company
settings-portal-company-name = Name of the company
settings-portal-company-hint = Customers see it. Everybody in your account has access to a new company.
settings-portal-subdomain = Subdomain
settings-portal-address = The address is { $base } with the subdomain behind it.
settings-portal-free = You can have { $url }
settings-portal-moved = Links to the old address stop working. It is given to nobody else, so that nobody answers in your place.
settings-portal-mail = Email address of its own
settings-portal-mail-hint = Customers write there, and your mail server passes it on to the desk. Leave it empty for none.
settings-portal-state = State
settings-portal-active = Active
settings-portal-inactive = Inactive
settings-portal-active-means = Customers can chat while somebody is available, and leave requests otherwise.
settings-portal-inactive-means = Customers are told that the service is not available, and can send nothing.
settings-portal-copy = Copy the address of { $name }
settings-portal-open = Open the portal of { $name } in a new tab

## Console: names of settings

# Operations: how the desk is, for administrators

operations-title = Operations

## Console settings: operations

operations-about = How the desk is at this moment, and what it could not handle.
operations-look-again = Look again
operations-unknown = Not known at the moment
operations-live = The desk now
operations-waiting = Waiting for a technician
operations-longest-wait = The longest for
operations-nobody-waits = Nobody is waiting
operations-live-chats = Live chats
operations-live-waiting =
    { $count ->
        [0] All with a technician
        [one] One of them without a technician
       *[other] { $count } of them without a technician
    }
operations-available = Available technicians
operations-of-technicians = of { $count }
operations-today = New today
operations-today-note = Cases since midnight
operations-services = Services
operations-services-about = Each part of Deskbus, and how far it is with the events that it reads.
operations-service-portal = Accounts and pages
operations-service-chat = Conversations
operations-service-cases = Cases
operations-service-notify = Notifications and mail
operations-service-transcripts = Transcripts
operations-health-ready = Ready
operations-health-limited = Limited
operations-health-not-ready = Not ready
operations-health-away = Away
operations-health-asking = Asking
operations-away = It does not answer. The other services go on without it, and it catches up when it is back.
operations-instance = Told by { $instance }
operations-reads = What it reads
operations-reads-all = Has read all there is
operations-trouble-database = Its database does not answer. Nothing is lost; it goes on by itself when the database is back.
operations-trouble-broker = Kafka does not answer. Nothing is lost; it goes on by itself when Kafka is back.
operations-trouble-bus = It cannot handle events at the moment.
operations-trouble-directory = It is still reading the directory of people and portals.
operations-trouble-keyring = It is still reading the data keys.
operations-trouble-log = It cannot follow the log of conversations, so messages wait.
operations-trouble-broadcasts = Consoles are not told of changes at the moment.
operations-trouble-mailbox = The mailbox that mail is fetched from cannot be read. Its mails wait there, and come when it can.
operations-trouble-other = Something that it needs is missing: { $check }.
operations-lag-idle = Up to date
operations-lag-moving =
    { $count ->
        [one] One event behind, catching up
       *[other] { $count } events behind, catching up
    }
operations-lag-waiting =
    { $count ->
        [0] Waits for { $what }
        [one] One event behind, waits for { $what }
       *[other] { $count } events behind, waits for { $what }
    }
operations-lag-still =
    { $count ->
        [one] One event behind, not moving for { $seconds } s
       *[other] { $count } events behind, not moving for { $seconds } s
    }
operations-waits-database = the database
operations-waits-broker = Kafka
operations-waits-key = a data key
operations-waits-secret = the secret that its keys were made with
operations-waits-directory = the directory
operations-waits-other = something that is away
operations-dead = Dead letters
operations-dead-about = Events that could not be handled. They are set aside, so that the desk goes on; once the cause is mended, replay them. Nothing takes effect twice.
operations-none = No dead letters
operations-none-about = Every event could be handled. One that cannot be appears here with its reason, within seconds.
operations-none-known = No dead letters where it could be asked
operations-none-away = A service does not answer. What it could not handle appears here when it is back.
operations-none-match = No dead letter matches the filter
operations-filter-service = Service
operations-filter-reason = Reason
operations-every-service = All services
operations-every-reason = All reasons
operations-reason-unreadable = Cannot be read
operations-reason-failed = Handling failed
operations-type-unknown = Unknown event
operations-replay = Replay
operations-replay-named = Replay { $type }
operations-replay-all = Replay all
operations-replay-progress = Progress of the replay
operations-replaying = Replaying: { $done } of { $total } done.
operations-replayed =
    { $count ->
        [one] The event was handled.
       *[other] All { $count } events were handled.
    }
operations-replayed-failed = { $handled } handled. { $failed } failed again and are listed with the new reason.
operations-replayed-nothing = There was nothing left to replay.
operations-being-replayed = Being replayed
operations-replay-waits = Waits for { $what }
operations-more = The newest { $shown } of { $total } are shown. A replay of all takes the others too, up to 1,000 at once.
operations-fact-reason = Reason
operations-fact-tries = Tries
operations-fact-service = Service
operations-fact-place = Place
operations-fact-key = Key
operations-fact-size = Size
operations-fact-written = Written
operations-fact-died = Set aside
operations-bytes =
    { $count ->
        [one] One byte
       *[other] { $count } bytes
    }
operations-content = Content
operations-content-unknown = Nobody can tell what in this event is personal, so its content is not shown.
operations-sealed = What is personal stays sealed and is not shown.
operations-replays = Earlier replays
operations-outcome-done = handled
operations-outcome-parked = waits for an earlier event
operations-outcome-skipped = passed over
operations-outcome-failed = failed again

# Settings: the frame and the parts that sections have in common
settings-group-you = You
settings-group-account = Account
settings-group-cases = Cases
settings-group-integrations = Integrations
settings-group-operations = Operations
settings-unknown = There is no such section
settings-deleted = { $name } is deleted.
settings-edit-named = Edit { $name }
settings-delete-named = Delete { $name }

## Console: preferences

settings-saved = Saved
settings-unsaved = Not saved yet
settings-discarded = Your changes are discarded.
settings-preferences = Preferences
settings-preferences-about = How the console looks and sounds for you.
settings-look = Language and appearance
settings-language-note = For you, in this browser. Customers and colleagues keep their own.
settings-sound-on = A soft tone for a message, a louder one for a customer who is waiting.
settings-sound-off = The console stays silent.
settings-incoming-sight = Who sees them

## Console: the audit log

audit-log = Audit log
audit-keywords = who did what when, history, compliance

## Console settings: the audit log

audit-about = Who did what, when and from where. It names technicians and case numbers, and nothing of what customers wrote.
audit-export-csv = Export CSV
audit-export-json = JSON lines
audit-by = By
audit-everybody = Everybody
audit-about-what = About
audit-everything = Everything
audit-since = From
audit-until = Through
audit-older = Show older
audit-none = Nothing found
audit-none-text = Nothing was done that matches. Choose another time or another person.
audit-group-sessions = Sign-ins
audit-group-people = People and rights
audit-group-settings = Settings
audit-group-cases = Cases
audit-group-exports = Exports and transcripts
audit-group-keys = API keys
audit-via-api = by API key
audit-when = Time
audit-action = Code
audit-by-id = By (id)
audit-case-id = Case (id)
audit-address = Address
audit-browser = Browser
audit-yes = yes
audit-no = no
audit-the-desk = Deskbus
audit-somebody = Somebody
audit-other = { $by }: { $action } { $subject }
audit-field-actions = Actions
audit-field-active = Can sign in
audit-field-added = Added
audit-field-all-companies = All companies
audit-field-automatic = Automatic assignment
audit-field-available = Available
audit-field-away-at = Noticed to be away
audit-field-away-since = Last seen
audit-field-cases = Other cases
audit-field-chats = Live chats
audit-field-choice = Put off until
audit-field-colour = Colour
audit-field-companies = Companies
audit-field-company-id = Company
audit-field-conditions = Conditions
audit-field-created-at = Created
audit-field-created-by = Created by
audit-field-email = Email
audit-field-expires-at = Expires
audit-field-fields = Changed
audit-field-form = Format
audit-field-from-id = Until then with
audit-field-grace = A gone page is waited for
audit-field-greeting = Greeting
audit-field-hide-incoming = Hide incoming cases
audit-field-hint = Begins with
audit-field-holidays = Holidays
audit-field-hours = Office hours
audit-field-into-number = New case
audit-field-last-used-from = Last used from
audit-field-macro-id = Macro
audit-field-mail-address = Email address
audit-field-mentions = Mentioned
audit-field-merged = Merged contact
audit-field-minutes = After
audit-field-morning = The morning begins at
audit-field-name = Name
audit-field-names = Order
audit-field-not-before = Signed out everywhere
audit-field-offer-after = A request is offered after
audit-field-on = Switched on
audit-field-password-hash = Password
audit-field-rate-per-minute = Requests a minute
audit-field-reason = Reason
audit-field-removed = Removed
audit-field-reply-days = Waits for a reply
audit-field-retired = Deleted
audit-field-revoked-at = Revoked
audit-field-role = Role
audit-field-scopes = Scopes
audit-field-seconds = Rings every
audit-field-secret-hash = Secret
audit-field-shared = For everybody
audit-field-sound = Sound
audit-field-state = State
audit-field-subdomain = Subdomain
audit-field-survey = Survey
audit-field-technician-id = Technician
audit-field-times = Rings again
audit-field-to = Sent to
audit-field-trigger = When
audit-field-warn-percent = Warning
audit-field-weekday = Next week means
audit-field-zone = Time zone
audit-value-choice-next-week = next week
audit-value-choice-reply = the next reply
audit-value-choice-time = a chosen time
audit-value-choice-tomorrow = tomorrow
audit-value-email-optional = is asked for
audit-value-email-required = must be given
audit-value-form-csv = CSV
audit-value-form-html = HTML
audit-value-form-jsonl = JSON lines
audit-value-form-pdf = PDF
audit-value-form-txt = Text
audit-value-reason-away = was away
audit-value-reason-customer = the customer stopped waiting
audit-value-reason-due = the time had come
audit-value-reason-gone = the customer closed the page
audit-value-reason-reply = the customer wrote
audit-value-reason-technician = opened by hand
audit-value-role-administrator = Administrator
audit-value-role-technician = Technician
audit-value-state-active = Active
audit-value-state-inactive = Inactive
audit-value-to-address = another address
audit-value-to-assignee = the technician in charge
audit-value-to-customer = the customer
audit-subject-id = About (id)
audit-from = from
audit-to = to
audit-hidden = changed, and not shown
audit-of-priority = { $what }, priority { $priority }
audit-seconds = { $count ->
    [one] one second
   *[other] { $count } seconds
}
audit-days = { $count ->
    [one] one day at most
   *[other] { $count } days at most
}
audit-session-opened = { $by } signed in
audit-session-closed = { $by } signed out
audit-session-closed-everywhere = { $by } signed out everywhere
audit-session-refused = A sign-in as { $by } failed
audit-session-copied = A copied session of { $by } was refused and ended
audit-technician-created = { $by } added the technician { $subject }
audit-technician-changed = { $by } changed the technician { $subject }
audit-technician-available = { $subject } is available
audit-technician-away = { $subject } is not available any more
audit-account-changed = { $by } changed the settings of the account
audit-company-created = { $by } added the company { $subject }
audit-company-changed = { $by } changed the company { $subject }
audit-portal-created = { $by } added the portal { $subject }
audit-portal-changed = { $by } changed the portal { $subject }
audit-label-created = { $by } added the label { $title }
audit-label-changed = { $by } changed the label { $title }
audit-label-retired = { $by } deleted the label { $title }
audit-macro-created = { $by } made the macro { $name }
audit-macro-changed = { $by } changed the macro { $name }
audit-macro-deleted = { $by } deleted the macro { $name }
audit-case-macro-applied = { $by } applied a macro to case { $number }
audit-rule-created = { $by } made the rule { $name }
audit-rule-changed = { $by } changed the rule { $name }
audit-rule-switched = { $by } switched the rule { $name } on or off
audit-rule-switched-on = { $by } switched the rule { $name } on
audit-rule-switched-off = { $by } switched the rule { $name } off
audit-rule-ordered = { $by } changed the order of the rules
audit-rule-deleted = { $by } deleted the rule { $name }
audit-assignment-switched = { $by } changed automatic assignment for { $portal }
audit-assignment-begun = { $by } switched automatic assignment on for { $portal }
audit-assignment-ended = { $by } switched automatic assignment off for { $portal }
audit-assignment-capacity-changed = { $by } set how much everybody is assigned: { $chats ->
    [one] one chat
   *[other] { $chats } chats
}, { $cases ->
    [one] one other case
   *[other] { $cases } other cases
}
audit-assignment-technician-changed = { $by } changed how much { $technician } is assigned
audit-case-routed = The desk decided who gets case { $number }
audit-sla-changed = { $portal ->
    [default] { $by } changed the service level of all portals
   *[other] { $by } changed the service level of { $portal }
}
audit-sla-removed = { $portal ->
    [default] { $by } removed the service level of all portals
   *[other] { $by } removed the service level of { $portal }
}
audit-api-key-created = { $by } created the API key { $subject }
audit-api-key-changed = { $by } changed or revoked the API key { $subject }
audit-api-key-revoked = { $by } revoked the API key { $subject }
audit-api-key-used = { $count ->
    [one] The API key { $subject } was used once that day
   *[other] The API key { $subject } was used { $count } times that day
  }
audit-audit-exported = { $by } exported the audit log
audit-transcript-downloaded = { $by } downloaded the transcript of case { $number }
audit-transcript-sent = { $by } mailed the transcript of case { $number }
audit-case-opened = { $by } opened case { $number }
audit-case-described = { $by } described case { $number }
audit-case-ready = { $by } made case { $number } ready
audit-case-contact-changed = { $by } changed the contact of case { $number }
audit-case-requested = { $by } made case { $number } a request
audit-case-assigned = { $by } assigned case { $number }
audit-case-transferred = { $by } transferred case { $number }
audit-case-resolved = { $by } resolved case { $number }
audit-case-reopened = { $by } reopened case { $number }
audit-case-pending = { $by } set case { $number } to pending
audit-case-snoozed = { $by } snoozed case { $number }
audit-case-woken = { $by } woke case { $number }
audit-case-labelled = { $by } changed the labels of case { $number }
audit-case-contact-linked = { $by } changed whether the customer of case { $number } is verified
audit-case-split = { $by } made another case from case { $number }
audit-case-merged = { $by } merged case { $number } into another one
audit-case-unmerged = { $by } undid the merge of case { $number }
audit-case-absorbed = { $by } merged another case into case { $number }
audit-case-released = { $by } took a merged case out of case { $number }
audit-contact-changed = { $by } edited a contact
audit-contact-merged = { $by } merged two contacts
audit-case-edited = { $by } edited case { $number }
audit-case-noted = { $by } wrote a note on case { $number }
audit-case-followed-up = { $by } wrote an email on case { $number }
audit-case-follow-up-changed = News of an email on case { $number }
audit-case-heard = { $by } heard from the customer of case { $number }
audit-case-mailed = { $by } wrote by email in case { $number }
audit-case-sla-warned = A promise of case { $number } falls due soon
audit-case-sla-breached = A promise of case { $number } was not kept
audit-case-sla-changed = The due times of case { $number } changed
audit-case-answered = { $by } answered in case { $number }
audit-case-restored = { $by } took a change of case { $number } back
audit-case-chat-ended = { $by } ended the chat of case { $number }
audit-case-survey-answered = { $by } answered the survey of case { $number }
audit-conversation-message-deleted = { $by } deleted a message in case { $number }
audit-case-deleted = { $by } deleted case { $number }

## Console: API keys

api-keys = API keys
api-keys-keywords = REST, integration, token
api-keys-about = With a key a program calls the REST interface: for the companies and within the scopes that you choose.
api-keys-none = No API keys yet
api-keys-none-text = Create one for each program, so that you can revoke it by itself.
api-docs = Documentation of the REST interface
api-key-new = New API key

## Console settings: an API key

api-key-create = Create key
api-key-name = Name
api-key-name-hint = The program that will use it. What the key does is shown under this name.
api-key-scopes = May
api-key-companies = For
api-key-rate = Requests a minute
api-key-rate-hint = At each service, up to { $most }.
api-key-lasts = Good for
api-key-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
  }
api-key-for-ever = No end
api-key-created = Key created
api-key-once = Copy it now: it is not shown again.
api-key-secret = Secret of the key
api-key-copy = Copy
api-key-copied = Copied
api-key-done = Done
api-key-revoke = Revoke
api-key-revoke-title = Revoke { $name }
api-key-revoke-text = Programs that use this key stop working at once. This cannot be undone.
api-key-used = { $count ->
    [one] Used once, last
   *[other] Used { $count } times, last
  }
api-key-unused = Not used yet
api-key-until = good through { $date }
api-key-revoked = Revoked
api-key-expired = Expired
api-scope-cases-read = Read cases
api-scope-cases-write = Change cases
api-scope-conversations-read = Read conversations
api-scope-conversations-write = Write in conversations
api-scope-transcripts-read = Download transcripts
api-scope-transcripts-write = Mail transcripts
api-scope-notifications-read = Read who was notified
api-scope-team-read = Read the list of technicians
api-scope-audit-read = Read and export the audit log
api-scope-administer = Administer the account
api-key-reach-all = All companies, later ones too
api-key-reach-some = Only some
api-key-which = Which
api-key-account-hint = The audit log and the account itself are for keys of all companies.
api-key-administers = With this key a program can do what administrators can: change settings, portals and rules, and delete cases for good. It can create no keys and change nobody’s sign-in. Keep it like a password of your own.
api-key-of-all = All companies

## Console: parts that come later, and commands

console-part-missing = This part could not be loaded
console-part-missing-text = There may be no connection, or a newer version of Deskbus. What you have written elsewhere is kept.
console-read-again = Reload the page

# Several cases at once
console-choose = Choose case #{ $number } of { $name }
command-choose = Choose the case, for doing something with several
command-choose-range = Choose all up to this case
command-choose-all = Choose all loaded cases
many-chosen-label = Chosen cases
many-chosen = { $count ->
    [one] One case chosen
   *[other] { NUMBER($count) } cases chosen
}
many-under-way = { NUMBER($done) } of { NUMBER($total) } done
many-more = More
many-clear = Choose none
many-assign = { $count ->
    [0] No case was assigned.
    [one] One case is yours now.
   *[other] { NUMBER($count) } cases are yours now.
}
many-resolve = { $count ->
    [0] No case was resolved.
    [one] One case is resolved.
   *[other] { NUMBER($count) } cases are resolved.
}
many-reopen = { $count ->
    [0] No case was reopened.
    [one] One case is open again and yours.
   *[other] { NUMBER($count) } cases are open again and yours.
}
many-open = { $count ->
    [0] No case was opened.
    [one] One case is open and yours.
   *[other] { NUMBER($count) } cases are open and yours.
}
many-undone = { $count ->
    [0] No case was changed back.
    [one] One case is as it was before.
   *[other] { NUMBER($count) } cases are as they were before.
}
many-transfer = { $count ->
    [0] No case was transferred.
    [one] One case is transferred.
   *[other] { NUMBER($count) } cases are transferred.
}
many-snooze = { $count ->
    [0] No case was snoozed.
    [one] One case is snoozed.
   *[other] { NUMBER($count) } cases are snoozed.
}
many-pending = { $count ->
    [0] No case was marked as pending.
    [one] One case is pending.
   *[other] { NUMBER($count) } cases are pending.
}
many-changed = { $count ->
    [0] No case was changed.
    [one] One case is changed.
   *[other] { NUMBER($count) } cases are changed.
}
many-moved-on = { $count ->
    [one] One had changed in the meantime.
   *[other] { NUMBER($count) } had changed in the meantime.
}
many-failed = { $count ->
    [one] One could not be changed.
   *[other] { NUMBER($count) } could not be changed.
}
many-live-left = { $count ->
    [one] One is a live chat and is ended by itself, not with others.
   *[other] { NUMBER($count) } are live chats and are ended one by one.
}
many-left = { $count ->
    [one] One was left as it is.
   *[other] { NUMBER($count) } were left as they are.
}

# Commands: the palette, the help and the keys
console-palette = Commands
console-palette-placeholder = What would you like to do?
console-copied = Copied: { $text }
console-not-copied = The browser does not allow copying. Please copy it by hand: { $text }
command-button = Commands
command-back = Back to all commands
command-current = chosen
command-none = Nothing is called “{ $query }”.
command-nothing = There is nothing to choose from.
command-macro-none = There is no macro yet. Administrators make them in the settings, under Macros.
command-label-none = There is no label yet. Labels are made in the settings.
command-saved-none = No filter is saved yet. Narrow a list down and save it under a name.
command-count = { $count ->
    [one] { $count } command
   *[other] { NUMBER($count) } commands
}
command-group-recent = Used lately
command-group-case = Case
command-group-go = Go to
command-group-status = Status
command-group-look = Appearance
command-group-help = Help and session
command-show-details = Show or hide the details
command-device = Device information of the customer
command-mail-words = write reply answer email
command-copy-link = Copy the link to the case
command-copy-number = Copy the case number
command-copy-email = Copy the customer’s email
command-become-unavailable = Become unavailable
command-status-words = status pause break away busy online
command-sound-off = Turn the sound off
command-theme = Change the appearance
command-theme-words = theme colours dark light night mode
command-language = Change the language
command-language-words = language english deutsch español
command-not-available = { $name } (not available)
command-pending = Mark as pending

# Panes, lists and filters by key
command-group-list = List
command-group-contact = Contact
command-reply = Write a reply
command-note = Write a private note
command-reply-words = write answer message composer note comment
command-pane-list = Go to the list
command-pane-conversation = Go to the conversation
command-pane-details = Go to the details
command-pane-next = Next pane
command-pane-previous = Previous pane
command-pane-words = pane focus column
command-filter = Narrow the list down
command-filter-words = filter search only show label priority technician
command-filter-clear = Clear the filter
command-sort = Sort the list
command-sort-turn = Turn the order of the list round
command-saved = Open a saved filter
command-filter-rename = Rename a saved filter
command-filter-delete = Delete a saved filter
command-travel-words = history past time timeline earlier
filter-rename = Rename
console-key-palette = Open the commands

# Keyboard shortcuts
console-keyname-control = Ctrl
console-keyname-shift = Shift
console-key-move = move through the cases
console-key-next = Next case
console-key-previous = Previous case
console-key-close = Close what is open, or leave where you write
console-key-help = Show this help
