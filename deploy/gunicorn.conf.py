"""How the server runs. One vote is a few milliseconds of work, most of it Python: a process a core."""

import multiprocessing

worker_class = "gthread"
workers = multiprocessing.cpu_count()
# Votes are work, not waiting: more threads only take turns at the interpreter.
threads = 4
keepalive = 15
timeout = 60
# A line for each request would hold addresses; what operators need is in the application's own log.
accesslog = None
loglevel = "warning"
