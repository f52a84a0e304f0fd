"""Archives of news into lake and warehouse: years of articles, read and extracted by an engine, loaded day by day.

    divide    sources      -> parts: files, or stretches of large ones
    extract   a part       -> articles and facts, put by                  (many at once, by an engine)
    load      some days    -> copies, stories, gate, lake, warehouse      (one writer, oldest days first)

A partition of the lake is so written once, whatever the order of the archive, and each day finds the days before it
as a live run would. What was done is recorded by part and by days: an interrupted backfill goes on from there.
"""
