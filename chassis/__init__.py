"""The microservice chassis: what every Deskbus service is built on."""
