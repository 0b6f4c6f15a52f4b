"""What words say: redaction and language now; sentiment and topics will live here too."""
