"""Accounts, sessions, throttled logins and the log of access, in a file beside the warehouse."""
