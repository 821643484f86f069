"""Detection: entity rules, two matchers over them, names and addresses, masks."""
