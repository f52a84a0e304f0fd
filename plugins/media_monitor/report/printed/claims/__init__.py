"""The claim ledger, one claim, new confirmations."""
