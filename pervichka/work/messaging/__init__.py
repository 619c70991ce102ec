"""Messages by e-mail: to whom agreed to it, at hours when people read, once, with a way out."""
