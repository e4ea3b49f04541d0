"""The journeys of a customer and a technician, in real browsers against a desk that `deskbus up` started."""
