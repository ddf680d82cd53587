"""The embedded PostgreSQL, for a machine that has none to offer: `python -m fleetview.postgres` is the server.

place.py says where it lives, binaries.py what runs, owner.py as whom; cluster.py makes its files, tuning.py chooses its
settings, __main__.py becomes it.
"""
