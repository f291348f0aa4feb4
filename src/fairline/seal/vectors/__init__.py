"""Makes the test vectors under `vectors/` and runs them: `python -m fairline.seal.vectors [folder]`."""
