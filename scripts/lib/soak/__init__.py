"""What scripts/soak does to a server."""
