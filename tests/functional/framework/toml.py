"""Writes the subset of TOML that a kith.toml needs."""

import json


def _value(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(k)} = {_value(v)}" for k, v in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_value(v) for v in value) + "]"
    return json.dumps(value)


def dumps(settings):
    """{"server.host": "…", …} as text, one [section] each."""
    sections = {}
    for name, value in settings.items():
        section, _, key = name.partition(".")
        sections.setdefault(section, {})[key] = value
    return "\n".join(
        "\n".join([f"[{section}]"] + [f"{k} = {_value(v)}" for k, v in keys.items()]) + "\n"
        for section, keys in sections.items())
