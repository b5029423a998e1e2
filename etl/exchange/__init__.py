"""What other systems write and read: DHIS2, calendars."""
