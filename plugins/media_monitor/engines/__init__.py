"""Where a batch function runs: in processes of this machine, or in a Spark cluster.

An engine is given a function from record batches to record batches (the contract of Spark's `mapInArrow`) and items,
a record batch each, and gives back what the function made of each item. It knows nothing of what the function does, so
what comes out is the same whichever engine ran it.
"""
