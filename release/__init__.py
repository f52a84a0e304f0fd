"""What makes a release: locked dependencies, their licences, the wheel, its bill of materials (docs/releasing.md)."""
