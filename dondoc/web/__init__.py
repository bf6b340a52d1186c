"""The web door: pages and health for browsers and watchers; it reads the clock and calls operations."""
