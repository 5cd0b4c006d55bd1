"""The whole line, and reasoning, on a cluster: Apache Spark carries the work, the other packages do it.

Only this package imports PySpark, which the extra `ssrgraph[spark]` brings, and only where a cluster is asked for.
"""
