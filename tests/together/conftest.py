from tests.support.neighbours import broker, neighbours, settings

__all__ = ["broker", "neighbours", "settings"]
