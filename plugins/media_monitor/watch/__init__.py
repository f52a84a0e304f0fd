"""The claim ledger, confirmations and alerts."""
