"""What `make bench` measures, each beside a simple way of doing the same."""
