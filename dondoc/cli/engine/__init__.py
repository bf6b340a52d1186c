"""The engine as the command line runs it: a Prefect server, the flow runner and the web door, watched together."""
