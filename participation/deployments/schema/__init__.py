"""The fields of a dossier, in the order in which they are read. Page, checks, JSON Schema and score follow from them.

Merged from what registers and laws ask for: the United Kingdom's transparency recording standard, the
publication standard of the Netherlands' register of algorithms, Canada's impact assessment, Articles 26,
27, 49 and 50 of Regulation (EU) 2024/1689, the Council of Europe's HUDERIA, the NIST framework and the
Paris Charter. To add a field, add one entry to its section.
"""

from __future__ import annotations

from participation.deployments.schema.consequences import AFTER, DATA, ENVIRONMENT, PARTICIPATION, RISK
from participation.deployments.schema.fields import WITHHELD, Field, Kind, Section, Tier
from participation.deployments.schema.proposal import IDENTITY, LAW, OWNER, PURPOSE, RIGHTS
from participation.deployments.schema.use import OPERATION, PEOPLE, SYSTEM

__all__ = ["FIELDS", "SCHEMA_VERSION", "SECTIONS", "WITHHELD", "Field", "Kind", "Section", "Tier"]

#: Raised when a field is taken away or changes its kind.
SCHEMA_VERSION = 1

SECTIONS = (
    *(IDENTITY, OWNER, PURPOSE, LAW, RIGHTS, PEOPLE, OPERATION, SYSTEM),
    *(DATA, RISK, ENVIRONMENT, PARTICIPATION, AFTER),
)

FIELDS = {field.key: field for section in SECTIONS for field in section.fields}
