"""The meeting from its date to its signed minutes: agenda, invitations, attendance, minuting, versions, files."""
