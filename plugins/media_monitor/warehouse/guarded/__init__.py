"""SQL of people whom one does not trust with the machine: in a process of its own, with limits, on what is public."""
