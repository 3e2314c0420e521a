"""What a public table may not show, and what must be hidden with it (docs/disclosure.md)."""
