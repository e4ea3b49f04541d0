"""Accounts, companies, portals and technicians: who may come in, as staff or as a customer."""
