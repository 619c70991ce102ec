"""Messages by e-mail: campaigns of a branch, and the way out of a letter."""
