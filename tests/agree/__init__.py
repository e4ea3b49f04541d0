"""Two technicians at real consoles act at random: what both see and what the store has may not differ for long."""
