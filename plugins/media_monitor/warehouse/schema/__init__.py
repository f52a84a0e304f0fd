"""The version of the lake's tables, and the way from older ones to the present one."""
