# What portal's server itself says in a browser, when there is no page that could.

unknown-title = There is no page here
unknown-text = The address may be misspelled, or the page has moved.
unbuilt-title = The pages are not built yet
unbuilt-text = On the machine that runs Deskbus, enter: { $command }
