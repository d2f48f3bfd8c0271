"""Prints the vendor's SDK models of an operation as a page of its API reference is saved, so that one reader reads both."""

import importlib
import re
import sys

import huaweicloudsdkmodelarts.v1 as sdk
from huaweicloudsdkmodelarts.v1.modelarts_client import ModelArtsClient
from huaweicloudsdkmodelarts.v1.region.modelarts_region import ModelArtsRegion


def rows(model, headers):
    """The fields that travel in the body, or in headers."""
    for name, type_ in model.openapi_types.items():
        wire = model.attribute_map[name]
        if ("-" in wire) == headers:
            text = re.search(rf":param {name}: (.*?)\n\s*:type {name}:", model.__init__.__doc__, re.S).group(1)
            yield wire, type_, " ".join(text.split()), name


def table(caption, columns, cells):
    print(caption)
    for line in ["|", *(column + " |" for column in columns), "|" + "---|" * len(columns)]:
        print(line)
    for row in cells:
        print("|")
        for cell in row:
            print(cell + " |")


def main():
    method = re.sub(r"(?<!^)(?=[A-Z])", "_", sys.argv[1]).lower()
    info = getattr(ModelArtsClient, f"_{method}_http_info")(getattr(sdk, f"{sys.argv[1]}Request")())
    request, response = getattr(sdk, f"{sys.argv[1]}Request"), getattr(sdk, f"{sys.argv[1]}Response")
    path = info["resource_path"]
    print("URI")
    print(info["method"], path)
    # The SDK fills in the project by itself and has no model of it.
    variables = [(name, "Yes", "str", "") for name in re.findall(r"{(\w+)}", path)]
    table("Table 1", ["Parameter", "Mandatory", "Type", "Description"], variables)
    columns = ["Parameter", "Type", "Description"]
    table("Table 2", ["Parameter", "Mandatory", "Type", "Description"],
          [(name, "No", type_, text) for name, type_, text, _ in rows(request, False)])
    print("Response Parameters")
    print("Status code: 200")
    table("Table 3", columns, [row[:3] for row in rows(response, True)])
    pending, seen = [response], []
    while pending:
        model = pending.pop(0)
        table(f"Table {len(seen) + 4} {model.__name__}", columns, [row[:3] for row in rows(model, False)])
        seen.append(model.__name__)
        for type_ in model.openapi_types.values():
            name = re.sub(r"list\[(.*)\]", r"\1", type_)
            if hasattr(sdk, name) and name not in seen and name not in [known.__name__ for known in pending]:
                pending.append(getattr(sdk, name))
    regions = [region for name, region in vars(ModelArtsRegion).items() if name.isupper() and hasattr(region, "id")]
    print("Example Requests")
    for region in sorted(regions, key=lambda region: region.id):
        print("endpoint", region.id, *region.endpoints)


main()
