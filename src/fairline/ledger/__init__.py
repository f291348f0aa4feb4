"""The record: two append-only logs of commitments that a reporter, an outsider and the office can check."""
