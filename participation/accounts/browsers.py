"""What a browser calls itself, in two words: enough to tell one's own apart, not to recognise anyone."""

from __future__ import annotations

# The first that fits counts: Edge and Opera also call themselves Chrome, and Chrome calls itself Safari.
BROWSERS = (
    *(("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("Edg", "Edge"), ("OPR", "Opera")),
    *(
        ("SamsungBrowser", "Samsung Internet"),
        ("CriOS", "Chrome"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ),
)
SYSTEMS = (
    *(("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad")),
    *(("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux")),
)


def describe(user_agent: str) -> str:
    """For example "Firefox, Android". Proper names, so they need no translation; empty if unknown."""
    names = [
        next((name for mark, name in kinds if mark in user_agent), None) for kinds in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(name for name in names if name)
