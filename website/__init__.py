"""The documentation site: gathers its pages, makes the reference from the sources, builds it strictly."""
