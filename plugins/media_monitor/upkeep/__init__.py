"""What keeps a data folder of years in order: old rows and files go, space is given back. The daily DAG and
`media-monitor upkeep` do it; `upkeep.py` is what each run does.
"""
