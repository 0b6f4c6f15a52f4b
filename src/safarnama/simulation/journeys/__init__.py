"""The walk through a customer's year, compiled."""
