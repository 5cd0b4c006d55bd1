"""Every IRI that the project uses, by namespace, as plain strings; the lowest layer, without any RDF library.

The classes are string enumerations, so that a term is a string wherever one is wanted and a misspelt term fails at
once. `SsrClass` and `Ssr` hold exactly the terms that `ontology/ssr.ttl` declares; a test compares the two.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

BASE: Final = "https://w3id.org/ssrgraph/"
"""Where resources live unless a build is given a base of its own."""

ONTOLOGY: Final = "https://w3id.org/ssrgraph/ontology"
SCHEME: Final = "https://w3id.org/ssrgraph/scheme/"
_SSR: Final = ONTOLOGY + "#"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
_OWL: Final = "http://www.w3.org/2002/07/owl#"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
_ORG: Final = "http://www.w3.org/ns/org#"
_FOAF: Final = "http://xmlns.com/foaf/0.1/"
_PROV: Final = "http://www.w3.org/ns/prov#"
_NP: Final = "http://www.nanopub.org/nschema#"
_NPX: Final = "http://purl.org/nanopub/x/"
_OA: Final = "http://www.w3.org/ns/oa#"
_SCHEMA: Final = "https://schema.org/"
_DCT: Final = "http://purl.org/dc/terms/"
_DC: Final = "http://purl.org/dc/elements/1.1/"
_DCAT: Final = "http://www.w3.org/ns/dcat#"
_VOID: Final = "http://rdfs.org/ns/void#"
_SPDX: Final = "http://spdx.org/rdf/terms#"
_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_TIME: Final = "http://www.w3.org/2006/time#"
_PAV: Final = "http://purl.org/pav/"
_SEMAPV: Final = "https://w3id.org/semapv/vocab/"
_SSSOM: Final = "https://w3id.org/sssom/"
WIKIDATA: Final = "http://www.wikidata.org/entity/"
"""What the IRIs of Wikidata's items and properties begin with."""
_WIKIDATA_DIRECT: Final = "http://www.wikidata.org/prop/direct/"

SCHEMES: Final = ("bound", "kind", "mandate", "materiel", "measure", "modality", "per", "status")
"""The SKOS schemes of `ontology/schemes`, by file name."""

PREFIXES: Final[dict[str, str]] = {
    "ssr": _SSR,
    **{name: f"{SCHEME}{name}#" for name in SCHEMES},
    "dc": _DC,
    "dcat": _DCAT,
    "dct": _DCT,
    "foaf": _FOAF,
    "np": _NP,
    "npx": _NPX,
    "oa": _OA,
    "org": _ORG,
    "owl": _OWL,
    "prov": _PROV,
    "rdf": _RDF,
    "rdfs": _RDFS,
    "schema": _SCHEMA,
    "semapv": _SEMAPV,
    "skos": _SKOS,
    "spdx": _SPDX,
    "sssom": _SSSOM,
    "time": _TIME,
    "void": _VOID,
    "wd": WIKIDATA,
    "wdt": _WIKIDATA_DIRECT,
    "xsd": _XSD,
}
"""The usual prefixes, for files that people read and for queries."""


class SsrClass(StrEnum):
    """The project's own classes."""

    CLAIM = _SSR + "Claim"
    FUNDING_CLAIM = _SSR + "FundingClaim"
    PERSONNEL_CLAIM = _SSR + "PersonnelClaim"
    EQUIPMENT_CLAIM = _SSR + "EquipmentClaim"
    RESULT_CLAIM = _SSR + "ResultClaim"
    MISSION = _SSR + "Mission"
    PROGRAMME = _SSR + "Programme"
    AGREEMENT = _SSR + "Agreement"
    DOCUMENT = _SSR + "Document"
    COUNTRY = _SSR + "Country"
    INTERNATIONAL_ORGANIZATION = _SSR + "InternationalOrganization"
    ARMED_GROUP = _SSR + "ArmedGroup"
    DONOR = _SSR + "Donor"
    RECIPIENT = _SSR + "Recipient"
    TRAINING_PROVIDER = _SSR + "TrainingProvider"


class Ssr(StrEnum):
    """The project's own properties."""

    FUNDER = _SSR + "funder"
    FUNDER_OF = _SSR + "funderOf"
    RECIPIENT = _SSR + "recipient"
    RECIPIENT_OF = _SSR + "recipientOf"
    PROVIDER = _SSR + "provider"
    PROVIDER_OF = _SSR + "providerOf"
    AGENT = _SSR + "agent"
    AGENT_OF = _SSR + "agentOf"
    ORGANIZATION = _SSR + "organization"
    PROGRAMME = _SSR + "programme"
    AMOUNT = _SSR + "amount"
    CURRENCY = _SSR + "currency"
    VALUE = _SSR + "value"
    VALUE_MIN = _SSR + "valueMin"
    VALUE_MAX = _SSR + "valueMax"
    BOUND = _SSR + "bound"
    PER = _SSR + "per"
    MEASURE = _SSR + "measure"
    GROUP = _SSR + "group"
    ITEM = _SSR + "item"
    OUTCOME = _SSR + "outcome"
    MODALITY = _SSR + "modality"
    STATUS = _SSR + "status"
    FROM = _SSR + "from"
    TO = _SSR + "to"
    PURPOSE = _SSR + "purpose"
    PLACE = _SSR + "place"
    KIND = _SSR + "kind"
    ABBREVIATION = _SSR + "abbreviation"
    LEAD = _SSR + "lead"
    LEADS = _SSR + "leads"
    HOST = _SSR + "host"
    START = _SSR + "start"
    END = _SSR + "end"
    COMMANDER = _SSR + "commander"
    REQUESTED_BY = _SSR + "requestedBy"
    MANDATE = _SSR + "mandate"
    PREDECESSOR = _SSR + "predecessor"
    PRECEDED_BY = _SSR + "precededBy"
    PARTY = _SSR + "party"
    DATE = _SSR + "date"
    ORGANIZER = _SSR + "organizer"
    PARTICIPANT = _SSR + "participant"
    TITLE = _SSR + "title"
    ROLE = _SSR + "role"
    PARENT = _SSR + "parent"
    ACTS_FOR = _SSR + "actsFor"
    MEMBER = _SSR + "member"
    ATTRIBUTED_FUNDER = _SSR + "attributedFunder"
    ASSISTS = _SSR + "assists"
    EVIDENCE = _SSR + "evidence"
    MENTION = _SSR + "mention"
    WORDS = _SSR + "words"
    PASSAGE = _SSR + "passage"
    READ_BY = _SSR + "readBy"
    CONFIDENCE = _SSR + "confidence"
    RULE = _SSR + "rule"


class Rdf(StrEnum):
    """RDF."""

    TYPE = _RDF + "type"
    STATEMENT = _RDF + "Statement"
    SUBJECT = _RDF + "subject"
    PREDICATE = _RDF + "predicate"
    OBJECT = _RDF + "object"


class Rdfs(StrEnum):
    """RDF Schema."""

    LABEL = _RDFS + "label"
    COMMENT = _RDFS + "comment"
    SEE_ALSO = _RDFS + "seeAlso"


class Xsd(StrEnum):
    """The datatypes of literals."""

    STRING = _XSD + "string"
    DECIMAL = _XSD + "decimal"
    DOUBLE = _XSD + "double"
    INTEGER = _XSD + "integer"
    NON_NEGATIVE_INTEGER = _XSD + "nonNegativeInteger"
    G_YEAR = _XSD + "gYear"
    G_YEAR_MONTH = _XSD + "gYearMonth"
    DATE = _XSD + "date"
    DATE_TIME = _XSD + "dateTime"
    HEX_BINARY = _XSD + "hexBinary"


class Skos(StrEnum):
    """SKOS: concepts, labels and matches."""

    CONCEPT = _SKOS + "Concept"
    PREF_LABEL = _SKOS + "prefLabel"
    ALT_LABEL = _SKOS + "altLabel"
    NOTATION = _SKOS + "notation"
    EXACT_MATCH = _SKOS + "exactMatch"
    CLOSE_MATCH = _SKOS + "closeMatch"
    BROAD_MATCH = _SKOS + "broadMatch"
    NARROW_MATCH = _SKOS + "narrowMatch"
    RELATED_MATCH = _SKOS + "relatedMatch"


class Owl(StrEnum):
    """OWL: what is the same, and statements about statements."""

    SAME_AS = _OWL + "sameAs"
    AXIOM = _OWL + "Axiom"
    ANNOTATED_SOURCE = _OWL + "annotatedSource"
    ANNOTATED_PROPERTY = _OWL + "annotatedProperty"
    ANNOTATED_TARGET = _OWL + "annotatedTarget"


class Semapv(StrEnum):
    """Semantic Mapping Vocabulary: how a link was found."""

    MANUAL_MAPPING_CURATION = _SEMAPV + "ManualMappingCuration"
    MAPPING_REVIEW = _SEMAPV + "MappingReview"
    LEXICAL_MATCHING = _SEMAPV + "LexicalMatching"
    COMPOSITE_MATCHING = _SEMAPV + "CompositeMatching"
    UNSPECIFIED_MATCHING = _SEMAPV + "UnspecifiedMatching"


class Sssom(StrEnum):
    """SSSOM: what is known of a link, in the terms of its form as RDF."""

    MAPPING_JUSTIFICATION = _SSSOM + "mapping_justification"
    CONFIDENCE = _SSSOM + "confidence"
    SUBJECT_LABEL = _SSSOM + "subject_label"
    OBJECT_LABEL = _SSSOM + "object_label"
    AUTHOR_LABEL = _SSSOM + "author_label"
    REVIEWER_LABEL = _SSSOM + "reviewer_label"
    AUTHOR_ID = _PAV + "authoredBy"


class OrgClass(StrEnum):
    """Classes of the Organization Ontology."""

    ORGANIZATION = _ORG + "Organization"
    POST = _ORG + "Post"
    MEMBERSHIP = _ORG + "Membership"


class Org(StrEnum):
    """Properties of the Organization Ontology."""

    MEMBER = _ORG + "member"
    ORGANIZATION = _ORG + "organization"
    POST_IN = _ORG + "postIn"
    HELD_BY = _ORG + "heldBy"
    SUB_ORGANIZATION_OF = _ORG + "subOrganizationOf"


class Foaf(StrEnum):
    """FOAF."""

    PERSON = _FOAF + "Person"
    DOCUMENT = _FOAF + "Document"
    PRIMARY_TOPIC = _FOAF + "primaryTopic"
    AGENT = _FOAF + "Agent"
    NAME = _FOAF + "name"
    HOMEPAGE = _FOAF + "homepage"


class Prov(StrEnum):
    """PROV-O: how a graph came about."""

    ACTIVITY = _PROV + "Activity"
    ENTITY = _PROV + "Entity"
    SOFTWARE_AGENT = _PROV + "SoftwareAgent"
    GENERATED = _PROV + "generated"
    WAS_GENERATED_BY = _PROV + "wasGeneratedBy"
    WAS_ASSOCIATED_WITH = _PROV + "wasAssociatedWith"
    USED = _PROV + "used"
    WAS_DERIVED_FROM = _PROV + "wasDerivedFrom"
    WAS_ATTRIBUTED_TO = _PROV + "wasAttributedTo"
    HAD_PRIMARY_SOURCE = _PROV + "hadPrimarySource"


class Pav(StrEnum):
    """PAV: when something was taken from where it was published."""

    RETRIEVED_ON = _PAV + "retrievedOn"


class Oa(StrEnum):
    """Web Annotation: where words stand."""

    SPECIFIC_RESOURCE = _OA + "SpecificResource"
    TEXT_QUOTE_SELECTOR = _OA + "TextQuoteSelector"
    TEXT_POSITION_SELECTOR = _OA + "TextPositionSelector"
    HAS_SOURCE = _OA + "hasSource"
    HAS_SELECTOR = _OA + "hasSelector"
    EXACT = _OA + "exact"
    PREFIX = _OA + "prefix"
    SUFFIX = _OA + "suffix"
    START = _OA + "start"
    END = _OA + "end"


class Schema(StrEnum):
    """schema.org."""

    EVENT = _SCHEMA + "Event"
    PLACE = _SCHEMA + "Place"
    ABOUT = _SCHEMA + "about"
    MENTIONS = _SCHEMA + "mentions"
    NAME = _SCHEMA + "name"
    PROVIDER = _SCHEMA + "provider"
    TEXT = _SCHEMA + "text"
    SHA256 = _SCHEMA + "sha256"
    ENCODING_FORMAT = _SCHEMA + "encodingFormat"
    URL = _SCHEMA + "url"
    CONTAINED_IN_PLACE = _SCHEMA + "containedInPlace"
    SOFTWARE_REQUIREMENTS = _SCHEMA + "softwareRequirements"
    SOFTWARE_VERSION = _SCHEMA + "softwareVersion"


class Dct(StrEnum):
    """Dublin Core terms."""

    TITLE = _DCT + "title"
    IDENTIFIER = _DCT + "identifier"
    ISSUED = _DCT + "issued"
    SOURCE = _DCT + "source"
    CONFORMS_TO = _DCT + "conformsTo"
    DESCRIPTION = _DCT + "description"
    FORMAT = _DCT + "format"
    LICENSE = _DCT + "license"
    LICENSE_DOCUMENT = _DCT + "LicenseDocument"
    RIGHTS = _DCT + "rights"
    PUBLISHER = _DCT + "publisher"
    CREATOR = _DCT + "creator"
    CREATED = _DCT + "created"
    LANGUAGE = _DCT + "language"
    HAS_PART = _DCT + "hasPart"
    BIBLIOGRAPHIC_CITATION = _DCT + "bibliographicCitation"


class Dc(StrEnum):
    """Dublin Core elements, whose values are literals."""

    LANGUAGE = _DC + "language"
    PUBLISHER = _DC + "publisher"
    RIGHTS = _DC + "rights"


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


class Void(StrEnum):
    """VoID: what a dataset holds."""

    DATASET = _VOID + "Dataset"
    DATA_DUMP = _VOID + "dataDump"
    SPARQL_ENDPOINT = _VOID + "sparqlEndpoint"
    URI_SPACE = _VOID + "uriSpace"
    TRIPLES = _VOID + "triples"
    CLASSES = _VOID + "classes"
    PROPERTIES = _VOID + "properties"
    DISTINCT_SUBJECTS = _VOID + "distinctSubjects"
    DISTINCT_OBJECTS = _VOID + "distinctObjects"
    CLASS_PARTITION = _VOID + "classPartition"
    PROPERTY_PARTITION = _VOID + "propertyPartition"
    CLASS = _VOID + "class"
    PROPERTY = _VOID + "property"
    ENTITIES = _VOID + "entities"
    FEATURE = _VOID + "feature"
    IN_DATASET = _VOID + "inDataset"
    SUBSET = _VOID + "subset"
    LINKSET = _VOID + "Linkset"
    LINK_PREDICATE = _VOID + "linkPredicate"
    SUBJECTS_TARGET = _VOID + "subjectsTarget"
    VOCABULARY = _VOID + "vocabulary"


class Dcat(StrEnum):
    """DCAT: where a dataset can be had."""

    DATASET = _DCAT + "Dataset"
    DISTRIBUTION = _DCAT + "distribution"
    DISTRIBUTION_CLASS = _DCAT + "Distribution"
    DATA_SERVICE = _DCAT + "DataService"
    ACCESS_SERVICE = _DCAT + "accessService"
    ACCESS_URL = _DCAT + "accessURL"
    DOWNLOAD_URL = _DCAT + "downloadURL"
    MEDIA_TYPE = _DCAT + "mediaType"
    COMPRESS_FORMAT = _DCAT + "compressFormat"
    ENDPOINT_URL = _DCAT + "endpointURL"
    ENDPOINT_DESCRIPTION = _DCAT + "endpointDescription"
    SERVES_DATASET = _DCAT + "servesDataset"
    VERSION = _DCAT + "version"
    PREVIOUS_VERSION = _DCAT + "previousVersion"
    KEYWORD = _DCAT + "keyword"
    BYTE_SIZE = _DCAT + "byteSize"


class Spdx(StrEnum):
    """SPDX: checksums of files."""

    CHECKSUM = _SPDX + "checksum"
    CHECKSUM_CLASS = _SPDX + "Checksum"
    ALGORITHM = _SPDX + "algorithm"
    SHA256 = _SPDX + "checksumAlgorithm_sha256"
    CHECKSUM_VALUE = _SPDX + "checksumValue"


class Np(StrEnum):
    """Nanopublications: one claim with where it comes from and who publishes it."""

    NANOPUBLICATION = _NP + "Nanopublication"
    HAS_ASSERTION = _NP + "hasAssertion"
    HAS_PROVENANCE = _NP + "hasProvenance"
    HAS_PUBLICATION_INFO = _NP + "hasPublicationInfo"
    INTRODUCES = _NPX + "introduces"


class Sd(StrEnum):
    """SPARQL 1.1 Service Description."""

    SERVICE = _SD + "Service"
    ENDPOINT = _SD + "endpoint"
    SUPPORTED_LANGUAGE = _SD + "supportedLanguage"
    SPARQL_11_QUERY = _SD + "SPARQL11Query"
    SPARQL_11_UPDATE = _SD + "SPARQL11Update"
    RESULT_FORMAT = _SD + "resultFormat"
    INPUT_FORMAT = _SD + "inputFormat"
    FEATURE = _SD + "feature"
    UNION_DEFAULT_GRAPH = _SD + "UnionDefaultGraph"
    EMPTY_GRAPHS = _SD + "EmptyGraphs"
    BASIC_FEDERATED_QUERY = _SD + "BasicFederatedQuery"
    DEFAULT_DATASET = _SD + "defaultDataset"
    DATASET = _SD + "Dataset"
    DEFAULT_GRAPH = _SD + "defaultGraph"
    GRAPH_CLASS = _SD + "Graph"
    NAMED_GRAPH = _SD + "namedGraph"
    NAMED_GRAPH_CLASS = _SD + "NamedGraph"
    NAME = _SD + "name"
    GRAPH = _SD + "graph"


FORMATS: Final = {
    "json": _FORMATS + "SPARQL_Results_JSON",
    "xml": _FORMATS + "SPARQL_Results_XML",
    "csv": _FORMATS + "SPARQL_Results_CSV",
    "tsv": _FORMATS + "SPARQL_Results_TSV",
    "turtle": _FORMATS + "Turtle",
    "ntriples": _FORMATS + "N-Triples",
    "jsonld": _FORMATS + "JSON-LD",
    "rdfxml": _FORMATS + "RDF_XML",
    "trig": _FORMATS + "TriG",
    "nquads": _FORMATS + "N-Quads",
}
"""The W3C's names of formats, by how `--format` calls them."""
