"""The nightly job broken on purpose, to show that nothing is lost (`make faults`)."""
