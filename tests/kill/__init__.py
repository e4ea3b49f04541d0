"""The kill harness: services are killed under load, and nothing acknowledged may be missing."""
