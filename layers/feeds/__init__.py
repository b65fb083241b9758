"""The publishers that are asked over the network for what is new, when a person or a schedule says so."""
