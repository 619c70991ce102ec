"""What the law asks of whoever campaigns: days of silence, and who says and pays for it."""
