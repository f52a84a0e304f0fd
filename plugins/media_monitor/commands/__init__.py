"""Commands of `media-monitor` that are more than a few lines; `cli` registers them."""
