# SPDX-FileCopyrightText: The ossay authors
# SPDX-License-Identifier: EUPL-1.2
"""
What SARIF 2.1.0 allows, for the properties that ossay writes.

Written from the standard (OASIS, section numbers beside each object), since its
own schema may not be handed on under a licence of ours. It knows no other
property, so that a log that it accepts is one that the standard accepts.
"""

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string", "minLength": 1}


def an(required: list[str], **properties: Schema) -> Schema:
    """Return the schema of an object with these properties and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def many(of: Schema, **more: object) -> Schema:
    return {"type": "array", "items": of} | more


MESSAGE = an(["text"], text=TEXT)  # §3.11
LEVEL: Schema = {"enum": ["none", "note", "warning", "error"]}  # §3.27.10
ARTIFACT_LOCATION = an(  # §3.4
    ["uri"],
    uri={"type": "string", "format": "uri-reference", "minLength": 1},
    uriBaseId=TEXT,
)
REGION = an(["startLine"], startLine={"type": "integer", "minimum": 1})  # §3.30
LOCATION = an(  # §3.28, §3.29
    ["physicalLocation"],
    physicalLocation=an(
        ["artifactLocation"], artifactLocation=ARTIFACT_LOCATION, region=REGION
    ),
)
RULE = an(  # §3.49
    ["id", "shortDescription", "fullDescription", "help"],
    id=TEXT,
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
    help=MESSAGE,
    defaultConfiguration=an(["level"], level=LEVEL),
    properties=an(["tags"], tags=many(TEXT, uniqueItems=True)),
)
SUPPRESSION = an(  # §3.35
    ["kind"],
    kind={"enum": ["inSource", "external"]},
    status={"enum": ["accepted", "underReview", "rejected"]},
    justification=TEXT,
)
RESULT = an(  # §3.27
    ["ruleId", "ruleIndex", "kind", "level", "message", "locations"],
    ruleId=TEXT,
    ruleIndex={"type": "integer", "minimum": 0},
    kind={"enum": ["notApplicable", "pass", "fail", "review", "open", "informational"]},
    level=LEVEL,
    message=MESSAGE,
    locations=many(LOCATION, minItems=1),  # not of the standard: GitHub's demand
    partialFingerprints={
        "type": "object",
        "additionalProperties": TEXT,
        "minProperties": 1,
    },
    suppressions=many(SUPPRESSION, uniqueItems=True),
    hostedViewerUri={"type": "string", "format": "uri"},
) | {
    # §3.27.10: only a failure has a level.
    "if": {"properties": {"kind": {"const": "fail"}}},
    "then": {"properties": {"level": {"enum": ["note", "warning", "error"]}}},
    "else": {"properties": {"level": {"const": "none"}}},
}
NOTIFICATION = an(["message"], message=MESSAGE, level=LEVEL)  # §3.58
RUN = an(  # §3.14
    ["tool", "results"],
    tool=an(  # §3.18, §3.19
        ["driver"], driver=an(["name"], name=TEXT, version=TEXT, rules=many(RULE))
    ),
    automationDetails=an(["id"], id=TEXT),  # §3.17
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    originalUriBaseIds={
        "type": "object",
        "additionalProperties": an(["description"], description=MESSAGE),
    },
    versionControlProvenance=many(  # §3.23
        an(
            ["repositoryUri"],
            repositoryUri={"type": "string", "format": "uri"},
            revisionId=TEXT,
            mappedTo=an(["uriBaseId"], uriBaseId=TEXT),
        ),
        uniqueItems=True,
    ),
    invocations=many(  # §3.20
        an(
            ["executionSuccessful"],
            executionSuccessful={"type": "boolean"},
            toolExecutionNotifications=many(NOTIFICATION),
        )
    ),
    results=many(RESULT),
    properties={"type": "object"},
)
LOG = an(  # §3.13
    ["version", "runs"],
    version={"const": "2.1.0"},
    runs=many(RUN, minItems=1),
) | {
    "patternProperties": {r"^\$schema$": {"type": "string", "format": "uri"}},
}
