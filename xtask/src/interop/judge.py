"""Judges every example by the JSON Schemas, with Python's jsonschema: python judge.py SPEC_FOLDER"""

import json
import pathlib
import sys

from jsonschema import Draft202012Validator

spec = pathlib.Path(sys.argv[1])


def validator(name):
    schema = json.loads((spec / "schemas" / f"{name}.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


examples = sorted(spec.glob("examples/*/*.json"))
assert examples, "no examples"
for path in examples:
    judge = validator("ListHyperinstancesResponse" if path.name.startswith("200") else "ErrorResponse")
    errors = [f"{error.json_path}: {error.message}" for error in judge.iter_errors(json.loads(path.read_text()))]
    assert not errors, (path, errors)
    print(f"{path.relative_to(spec)}: valid")

page = json.loads((spec / "examples/ListHyperinstances/200-full.json").read_text())
page["data"][0]["servers"][0]["name"] = "no spaces"
assert not validator("ListHyperinstancesResponse").is_valid(page), "a wrong name was accepted"
