"""How a desk is watched: what Prometheus reads, what Grafana shows, when an alert fires."""
