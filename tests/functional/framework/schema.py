"""Answers against the JSON Schemas of tests/schemas: what is wrong with one, and which schemas have been met."""

import json

from jsonschema import Draft202012Validator, validators

from . import check
from .node import ROOT


class Schemas:
    """The schemas of one file, all in its $defs. `met` names those that something was valid against."""

    def __init__(self, name):
        self.defs = json.loads((ROOT / "tests/schemas" / name).read_text())["$defs"]
        self.met = set()
        self._validator = validators.extend(Draft202012Validator, {"$ref": self._ref})

    def _ref(self, validator, ref, instance, schema):
        errors = list(Draft202012Validator.VALIDATORS["$ref"](validator, ref, instance, schema))
        if not errors:
            self.met.add(ref.rpartition("/")[2])
        yield from errors

    def problems(self, what, value, shape):
        """A line for each thing that is wrong. `shape` is the name of a schema, "[X]" a list of what X describes, and
        "{X}" an object of it by any name; neither may be empty."""
        schema = {"$ref": f"#/$defs/{shape.strip('[]{}')}"}
        if shape[0] == "[":
            schema = {"type": "array", "minItems": 1, "items": schema}
        elif shape[0] == "{":
            schema = {"type": "object", "minProperties": 1, "additionalProperties": schema}
        errors = self._validator({**schema, "$defs": self.defs}).iter_errors(value)
        return [f"{what}: {shape} {cause.json_path}: {cause.message[-200:]}" for e in errors for cause in _causes(e)]


def _causes(error):
    """The innermost errors; of what may be null only those of what it is otherwise."""
    inner = [e for e in error.context if e.schema != {"type": "null"}]
    return [cause for e in inner for cause in _causes(e)] or [error]


def all_well(problems):
    """Fails with all of them at once, each once."""
    if problems:
        check.fail(f"{len(problems)} problems\n  " + "\n  ".join(dict.fromkeys(problems)))
