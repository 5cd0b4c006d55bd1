"""Terms of the project: of its ontology, its schemes, and which property each slot of a fact table is."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from ssrgraph.vocabulary.namespaces import SCHEME, SSR
from ssrgraph.vocabulary.standards import Org


class SsrClass(StrEnum):
    """The project's own classes."""

    CLAIM = SSR + "Claim"
    FUNDING_CLAIM = SSR + "FundingClaim"
    PERSONNEL_CLAIM = SSR + "PersonnelClaim"
    EQUIPMENT_CLAIM = SSR + "EquipmentClaim"
    RESULT_CLAIM = SSR + "ResultClaim"
    MISSION = SSR + "Mission"
    PROGRAMME = SSR + "Programme"
    AGREEMENT = SSR + "Agreement"
    DOCUMENT = SSR + "Document"
    COUNTRY = SSR + "Country"
    INTERNATIONAL_ORGANIZATION = SSR + "InternationalOrganization"
    ARMED_GROUP = SSR + "ArmedGroup"
    DONOR = SSR + "Donor"
    RECIPIENT = SSR + "Recipient"
    TRAINING_PROVIDER = SSR + "TrainingProvider"


class Ssr(StrEnum):
    """The project's own properties."""

    FUNDER = SSR + "funder"
    FUNDER_OF = SSR + "funderOf"
    RECIPIENT = SSR + "recipient"
    RECIPIENT_OF = SSR + "recipientOf"
    PROVIDER = SSR + "provider"
    PROVIDER_OF = SSR + "providerOf"
    AGENT = SSR + "agent"
    AGENT_OF = SSR + "agentOf"
    ORGANIZATION = SSR + "organization"
    PROGRAMME = SSR + "programme"
    AMOUNT = SSR + "amount"
    CURRENCY = SSR + "currency"
    VALUE = SSR + "value"
    VALUE_MIN = SSR + "valueMin"
    VALUE_MAX = SSR + "valueMax"
    BOUND = SSR + "bound"
    PER = SSR + "per"
    MEASURE = SSR + "measure"
    GROUP = SSR + "group"
    ITEM = SSR + "item"
    OUTCOME = SSR + "outcome"
    MODALITY = SSR + "modality"
    STATUS = SSR + "status"
    FROM = SSR + "from"
    TO = SSR + "to"
    PURPOSE = SSR + "purpose"
    PLACE = SSR + "place"
    KIND = SSR + "kind"
    ABBREVIATION = SSR + "abbreviation"
    LEAD = SSR + "lead"
    LEADS = SSR + "leads"
    HOST = SSR + "host"
    START = SSR + "start"
    END = SSR + "end"
    COMMANDER = SSR + "commander"
    REQUESTED_BY = SSR + "requestedBy"
    MANDATE = SSR + "mandate"
    PREDECESSOR = SSR + "predecessor"
    PRECEDED_BY = SSR + "precededBy"
    PARTY = SSR + "party"
    DATE = SSR + "date"
    ORGANIZER = SSR + "organizer"
    PARTICIPANT = SSR + "participant"
    TITLE = SSR + "title"
    ROLE = SSR + "role"
    PARENT = SSR + "parent"
    ACTS_FOR = SSR + "actsFor"
    MEMBER = SSR + "member"
    ATTRIBUTED_FUNDER = SSR + "attributedFunder"
    ASSISTS = SSR + "assists"
    EVIDENCE = SSR + "evidence"
    MENTION = SSR + "mention"
    WORDS = SSR + "words"
    PASSAGE = SSR + "passage"
    READ_BY = SSR + "readBy"
    CONFIDENCE = SSR + "confidence"
    RULE = SSR + "rule"


SLOTS: Final[dict[str, dict[str, str]]] = {
    "funding": {
        "funder": Ssr.FUNDER,
        "recipient": Ssr.RECIPIENT,
        "programme": Ssr.PROGRAMME,
        "amount": Ssr.AMOUNT,
        "amount_min": Ssr.VALUE_MIN,
        "amount_max": Ssr.VALUE_MAX,
        "currency": Ssr.CURRENCY,
        "bound": Ssr.BOUND,
        "modality": Ssr.MODALITY,
        "status": Ssr.STATUS,
        "from": Ssr.FROM,
        "to": Ssr.TO,
        "purpose": Ssr.PURPOSE,
        "per": Ssr.PER,
    },
    "personnel": {
        "measure": Ssr.MEASURE,
        "group": Ssr.GROUP,
        "agent": Ssr.AGENT,
        "organization": Ssr.ORGANIZATION,
        "value": Ssr.VALUE,
        "value_min": Ssr.VALUE_MIN,
        "value_max": Ssr.VALUE_MAX,
        "bound": Ssr.BOUND,
        "per": Ssr.PER,
        "status": Ssr.STATUS,
        "from": Ssr.FROM,
        "to": Ssr.TO,
        "place": Ssr.PLACE,
    },
    "equipment": {
        "provider": Ssr.PROVIDER,
        "recipient": Ssr.RECIPIENT,
        "item": Ssr.ITEM,
        "value": Ssr.VALUE,
        "bound": Ssr.BOUND,
        "programme": Ssr.PROGRAMME,
        "status": Ssr.STATUS,
        "from": Ssr.FROM,
        "to": Ssr.TO,
    },
    "results": {
        "measure": Ssr.OUTCOME,
        "value": Ssr.VALUE,
        "bound": Ssr.BOUND,
        "agent": Ssr.AGENT,
        "place": Ssr.PLACE,
        "from": Ssr.FROM,
        "to": Ssr.TO,
    },
    "missions": {
        "abbreviation": Ssr.ABBREVIATION,
        "lead": Ssr.LEAD,
        "host": Ssr.HOST,
        "start": Ssr.START,
        "end": Ssr.END,
        "commander": Ssr.COMMANDER,
        "requested_by": Ssr.REQUESTED_BY,
        "mandate": Ssr.MANDATE,
        "predecessor": Ssr.PREDECESSOR,
    },
    "agreements": {
        "kind": Ssr.KIND,
        "parties": Ssr.PARTY,
        "date": Ssr.DATE,
    },
    "roles": {
        "person": Org.MEMBER,
        "title": Ssr.TITLE,
        "role": Ssr.ROLE,
        "organization": Org.ORGANIZATION,
    },
    "events": {
        "date": Ssr.DATE,
        "place": Ssr.PLACE,
        "organizer": Ssr.ORGANIZER,
        "participants": Ssr.PARTICIPANT,
    },
    "organizations": {
        "abbreviation": Ssr.ABBREVIATION,
        "kind": Ssr.KIND,
        "parent": Ssr.PARENT,
    },
    "memberships": {
        "member": Ssr.MEMBER,
    },
}
"""For each fact table, the property of each slot. The first column of missions, agreements, events, organizations and
memberships is the subject itself."""


def concept(scheme: str, notation: str) -> str:
    """Return the IRI of a concept of one of the SKOS schemes.

    >>> concept("mandate", "rule of law")
    'https://w3id.org/ssrgraph/scheme/mandate#rule-of-law'
    """
    return f"{SCHEME}{scheme}#{notation.replace(' ', '-')}"
