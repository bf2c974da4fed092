"""What a package says of itself to programs: Frictionless `datapackage.json`, DCAT-AP and schema.org.

Data Package: https://datapackage.org/standard/data-package/ (version 1). DCAT-AP 3.0:
https://semiceu.github.io/DCAT-AP/releases/3.0.0/. Dataset: https://schema.org/Dataset. Machines read these, so their
words are English, and titles stand in every language that the consultation has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from participation.packages.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from deliberation.polis import Conversation
    from participation.outcomes.models import Report

LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0 International",
}
LICENCE_OF_THE_EU = "http://publications.europa.eu/resource/authority/licence/CC_BY_4_0"
ZIP_OF_THE_EU = "http://publications.europa.eu/resource/authority/file-type/ZIP"
KEYWORDS = ("public consultation", "deliberation", "artificial intelligence", "public authority")
OTHERS = {
    "report.json": "All facts of the report: every number in it comes from here.",
    "words.json": "What the report says in each language, section by section.",
    "method.json": "With what settings, seed and code the figures were computed.",
    "dossier.json": "The dossier of the AI system as people read it before they voted.",
}
Columns = tuple[tuple[str, str, str], ...]
POLIS: dict[str, tuple[str, Columns]] = {
    "summary.csv": (
        "What the conversation is about, as Polis exports it.",
        (("key", "string", "What."), ("value", "string", "Its value.")),
    ),
    "comments.csv": (
        "The statements, as Polis exports them. Those that were not published have no text.",
        (
            ("timestamp", "integer", "Day of writing, in milliseconds since 1970."),
            ("datetime", "datetime", "The same day."),
            ("comment-id", "integer", "Number of the statement."),
            ("author-id", "integer", "One number for all, which is nobody's: authorship is not told."),
            ("agrees", "integer", "Votes that agree."),
            ("disagrees", "integer", "Votes that disagree."),
            ("moderated", "integer", "1: put to the vote; 0: never decided about; -1: taken out."),
            ("is-meta", "integer", "1 if it is about those who take part."),
            ("is-seed", "integer", "1 if the organiser wrote it."),
            ("comment-body", "string", "The statement as it was written."),
        ),
    ),
    "votes.csv": (
        "Every vote that holds, as Polis exports them. All carry the last day instead of a time.",
        (
            ("timestamp", "integer", "The last day, in milliseconds since 1970: the same for all."),
            ("datetime", "datetime", "The same day."),
            ("comment-id", "integer", "Number of the statement."),
            ("voter-id", "integer", "A random number for a person, of this package alone."),
            ("vote", "integer", "1 agree, 0 pass, -1 disagree."),
        ),
    ),
    "participants-votes.csv": (
        "The same votes with a row for each person and a column for each statement.",
        (
            ("participant", "integer", "The random number of votes.csv."),
            ("group-id", "integer", "Empty: Polis' own groups are not computed here."),
            ("n-comments", "integer", "Always 0: nobody's authorship is told."),
            ("n-votes", "integer", "Votes of this person."),
            ("n-agree", "integer", "Of these, agreements."),
            ("n-disagree", "integer", "Of these, disagreements."),
        ),
    ),
}


def datapackage(
    report: Report, weighed: Mapping[str, tuple[str, int]], conversation: Conversation | None
) -> dict[str, Any]:
    """`datapackage.json`: what each file is, its hash and, of tables, what each column means.

    Args:
        report: the version.
        weighed: SHA-256 and size of each other file, by name.
        conversation: the single votes, if they are in the package.

    """
    about = report.facts["consultation"]
    text = about["texts"][about["main_language"]]
    numbers = [comment.id for comment in conversation.comments] if conversation else []
    return {
        "profile": "data-package",
        "name": f"{about['slug']}-{report.number}",
        "title": text["title"],
        "description": text["question"],
        "version": str(report.number),
        "created": report.published_at.replace(microsecond=0).isoformat(),
        "licenses": [LICENCE],
        "keywords": list(KEYWORDS),
        "sources": _sources(report),
        "contributors": [{"title": about["organisation"] or about["slug"], "role": "publisher"}],
        "resources": [_resource(name, *weighed[name], sorted(numbers)) for name in sorted(weighed)],
    }


def _sources(report: Report) -> list[dict[str, str]]:
    sources = [
        {
            "title": f"Votes and statements in the consultation {report.facts['consultation']['slug']}; "
            f"report version {report.number}, SHA-256 {report.sha256}"
        }
    ]
    if dossier := report.facts["dossier"]:
        sources.append(
            {
                "title": f"Dossier {dossier['slug']}, version {dossier['number']}, SHA-256 {dossier['sha256']}",
                "path": "dossier.json",
            }
        )
    return sources


def _resource(path: str, sha256: str, size: int, numbers: Sequence[int]) -> dict[str, Any]:
    name = path.lower().replace("/", "-").replace(".", "-").removesuffix("-csv")
    told: dict[str, Any] = {"name": name, "path": path, "hash": f"sha256:{sha256}", "bytes": size}
    folder, _, file = path.rpartition("/")
    if folder == "data":
        table = next(table for table in TABLES if file == f"{table.name}.csv")
        return {**told, **_tabular(table.about, table.columns)}
    if folder == "polis":
        about, columns = POLIS[file]
        if file == "participants-votes.csv":
            columns += tuple(
                (str(number), "integer", f"Vote on statement {number}; empty for none.") for number in numbers
            )
        header = {"dialect": {"header": False}} if file == "summary.csv" else {}
        return {**told, **_tabular(about, columns), **header}
    kind = {"json": "application/json", "md": "text/markdown"}[path.rpartition(".")[2]]
    about = OTHERS.get(path, "What is in this package, in plain words.")
    # Said outright: some programs take a file of the name report.json for one of their own.
    plain = {"type": "json" if kind == "application/json" else "text"}
    return {**told, **plain, "mediatype": kind, "description": about, "encoding": "utf-8"}


def _tabular(about: str, columns: Columns) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "description": about,
        "schema": {
            "fields": [
                {"name": name, "type": kind, "description": meaning} for name, kind, meaning in columns
            ],
            "missingValues": [""],
        },
    }


def dataset(
    facts: dict[str, Any], *, number: int, published: str, page: str, download: str, sha256: str, size: int
) -> dict[str, Any]:
    """One record for two catalogues, as JSON-LD: a dcat:Dataset of DCAT-AP that is a schema:Dataset too."""
    about = facts["consultation"]
    titles, questions = (
        [
            {"@language": tag, "@value": text[name]}
            for tag, text in sorted(about["texts"].items())
            if text[name]
        ]
        for name in ("title", "question")
    )
    publisher = about["organisation"] or about["slug"]
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "schema": "https://schema.org/",
            "spdx": "http://spdx.org/rdf/terms#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": f"{page}#version-{number}",
        "@type": ["dcat:Dataset", "schema:Dataset"],
        "dct:title": titles,
        "dct:description": questions,
        "dct:identifier": sha256,
        "dct:issued": {"@type": "xsd:dateTime", "@value": published},
        "dct:language": about["languages"],
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": publisher},
        "dcat:keyword": list(KEYWORDS),
        "dcat:version": str(number),
        "dcat:landingPage": {"@id": page},
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": {"@type": "xsd:dateTime", "@value": about["opens_at"]},
            "dcat:endDate": {"@type": "xsd:dateTime", "@value": about["closes_at"]},
        },
        "dcat:distribution": {
            "@type": ["dcat:Distribution", "schema:DataDownload"],
            "dcat:accessURL": {"@id": page},
            "dcat:downloadURL": {"@id": download},
            "dcat:mediaType": {"@id": "https://www.iana.org/assignments/media-types/application/zip"},
            "dct:format": {"@id": ZIP_OF_THE_EU},
            "dct:license": {"@id": LICENCE_OF_THE_EU},
            "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(size)},
            "spdx:checksum": {
                "@type": "spdx:Checksum",
                "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
                "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": sha256},
            },
            "schema:contentUrl": download,
            "schema:encodingFormat": "application/zip",
        },
        "schema:name": titles,
        "schema:description": questions,
        "schema:license": LICENCE["path"],
        "schema:creator": {"@type": "schema:Organization", "schema:name": publisher},
        "schema:datePublished": published,
        "schema:version": str(number),
        "schema:isAccessibleForFree": True,
        "schema:url": page,
    }
