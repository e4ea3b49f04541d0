"""A mail server that keeps every mail for itself, and the page that shows them: mail without a mail provider."""
