"""When and how often servers are asked, and what they say of it."""
