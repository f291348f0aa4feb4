"""Makes the record's test vectors and runs them: `python -m fairline.ledger.vectors [folder]`."""
