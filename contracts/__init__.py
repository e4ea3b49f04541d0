"""Every message that crosses a service boundary, and every topic. Types only: no behaviour lives here."""
