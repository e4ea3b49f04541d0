"""Every way by which the staff changes something, gone once: the audit log has to say from where."""
