"""What the tests that cross services share: clients of the desk, and its processes."""
