"""Terms of the vocabularies of others."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from ssrgraph.vocabulary.namespaces import (
    DC,
    DCAT,
    DCT,
    FOAF,
    FORMAT,
    NP,
    NPX,
    OA,
    ORG,
    OWL,
    PAV,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SD,
    SEMAPV,
    SKOS,
    SPDX,
    SSSOM,
    VOID,
    XSD,
)


class Rdf(StrEnum):
    """RDF."""

    TYPE = RDF + "type"
    STATEMENT = RDF + "Statement"
    SUBJECT = RDF + "subject"
    PREDICATE = RDF + "predicate"
    OBJECT = RDF + "object"


class Rdfs(StrEnum):
    """RDF Schema."""

    LABEL = RDFS + "label"
    COMMENT = RDFS + "comment"
    SEE_ALSO = RDFS + "seeAlso"


class Xsd(StrEnum):
    """The datatypes of literals."""

    STRING = XSD + "string"
    DECIMAL = XSD + "decimal"
    DOUBLE = XSD + "double"
    INTEGER = XSD + "integer"
    NON_NEGATIVE_INTEGER = XSD + "nonNegativeInteger"
    G_YEAR = XSD + "gYear"
    G_YEAR_MONTH = XSD + "gYearMonth"
    DATE = XSD + "date"
    DATE_TIME = XSD + "dateTime"
    HEX_BINARY = XSD + "hexBinary"


class Skos(StrEnum):
    """SKOS: concepts, labels and matches."""

    CONCEPT = SKOS + "Concept"
    PREF_LABEL = SKOS + "prefLabel"
    ALT_LABEL = SKOS + "altLabel"
    NOTATION = SKOS + "notation"
    EXACT_MATCH = SKOS + "exactMatch"
    CLOSE_MATCH = SKOS + "closeMatch"
    BROAD_MATCH = SKOS + "broadMatch"
    NARROW_MATCH = SKOS + "narrowMatch"
    RELATED_MATCH = SKOS + "relatedMatch"


class Owl(StrEnum):
    """OWL: what is the same, and statements about statements."""

    SAME_AS = OWL + "sameAs"
    AXIOM = OWL + "Axiom"
    ANNOTATED_SOURCE = OWL + "annotatedSource"
    ANNOTATED_PROPERTY = OWL + "annotatedProperty"
    ANNOTATED_TARGET = OWL + "annotatedTarget"


class Semapv(StrEnum):
    """Semantic Mapping Vocabulary: how a link was found."""

    MANUAL_MAPPING_CURATION = SEMAPV + "ManualMappingCuration"
    MAPPING_REVIEW = SEMAPV + "MappingReview"
    LEXICAL_MATCHING = SEMAPV + "LexicalMatching"
    COMPOSITE_MATCHING = SEMAPV + "CompositeMatching"
    UNSPECIFIED_MATCHING = SEMAPV + "UnspecifiedMatching"


class Sssom(StrEnum):
    """SSSOM: what is known of a link, in the terms of its form as RDF."""

    MAPPING_JUSTIFICATION = SSSOM + "mapping_justification"
    CONFIDENCE = SSSOM + "confidence"
    SUBJECT_LABEL = SSSOM + "subject_label"
    OBJECT_LABEL = SSSOM + "object_label"
    AUTHOR_LABEL = SSSOM + "author_label"
    REVIEWER_LABEL = SSSOM + "reviewer_label"
    AUTHOR_ID = PAV + "authoredBy"


class OrgClass(StrEnum):
    """Classes of the Organization Ontology."""

    ORGANIZATION = ORG + "Organization"
    POST = ORG + "Post"
    MEMBERSHIP = ORG + "Membership"


class Org(StrEnum):
    """Properties of the Organization Ontology."""

    MEMBER = ORG + "member"
    ORGANIZATION = ORG + "organization"
    POST_IN = ORG + "postIn"
    HELD_BY = ORG + "heldBy"
    SUB_ORGANIZATION_OF = ORG + "subOrganizationOf"


class Foaf(StrEnum):
    """FOAF."""

    PERSON = FOAF + "Person"
    DOCUMENT = FOAF + "Document"
    PRIMARY_TOPIC = FOAF + "primaryTopic"
    AGENT = FOAF + "Agent"
    NAME = FOAF + "name"
    HOMEPAGE = FOAF + "homepage"


class Prov(StrEnum):
    """PROV-O: how a graph came about."""

    ACTIVITY = PROV + "Activity"
    ENTITY = PROV + "Entity"
    SOFTWARE_AGENT = PROV + "SoftwareAgent"
    GENERATED = PROV + "generated"
    WAS_GENERATED_BY = PROV + "wasGeneratedBy"
    WAS_ASSOCIATED_WITH = PROV + "wasAssociatedWith"
    USED = PROV + "used"
    WAS_DERIVED_FROM = PROV + "wasDerivedFrom"
    WAS_ATTRIBUTED_TO = PROV + "wasAttributedTo"
    HAD_PRIMARY_SOURCE = PROV + "hadPrimarySource"


class Pav(StrEnum):
    """PAV: when something was taken from where it was published."""

    RETRIEVED_ON = PAV + "retrievedOn"


class Oa(StrEnum):
    """Web Annotation: where words stand."""

    SPECIFIC_RESOURCE = OA + "SpecificResource"
    TEXT_QUOTE_SELECTOR = OA + "TextQuoteSelector"
    TEXT_POSITION_SELECTOR = OA + "TextPositionSelector"
    HAS_SOURCE = OA + "hasSource"
    HAS_SELECTOR = OA + "hasSelector"
    EXACT = OA + "exact"
    PREFIX = OA + "prefix"
    SUFFIX = OA + "suffix"
    START = OA + "start"
    END = OA + "end"


class Schema(StrEnum):
    """schema.org."""

    EVENT = SCHEMA + "Event"
    PLACE = SCHEMA + "Place"
    ABOUT = SCHEMA + "about"
    MENTIONS = SCHEMA + "mentions"
    NAME = SCHEMA + "name"
    PROVIDER = SCHEMA + "provider"
    TEXT = SCHEMA + "text"
    SHA256 = SCHEMA + "sha256"
    ENCODING_FORMAT = SCHEMA + "encodingFormat"
    URL = SCHEMA + "url"
    CONTAINED_IN_PLACE = SCHEMA + "containedInPlace"
    SOFTWARE_REQUIREMENTS = SCHEMA + "softwareRequirements"
    SOFTWARE_VERSION = SCHEMA + "softwareVersion"


class Dct(StrEnum):
    """Dublin Core terms."""

    TITLE = DCT + "title"
    IDENTIFIER = DCT + "identifier"
    ISSUED = DCT + "issued"
    SOURCE = DCT + "source"
    CONFORMS_TO = DCT + "conformsTo"
    DESCRIPTION = DCT + "description"
    FORMAT = DCT + "format"
    LICENSE = DCT + "license"
    LICENSE_DOCUMENT = DCT + "LicenseDocument"
    RIGHTS = DCT + "rights"
    PUBLISHER = DCT + "publisher"
    CREATOR = DCT + "creator"
    CREATED = DCT + "created"
    LANGUAGE = DCT + "language"
    HAS_PART = DCT + "hasPart"
    BIBLIOGRAPHIC_CITATION = DCT + "bibliographicCitation"


class Dc(StrEnum):
    """Dublin Core elements, whose values are literals."""

    LANGUAGE = DC + "language"
    PUBLISHER = DC + "publisher"
    RIGHTS = DC + "rights"


class Void(StrEnum):
    """VoID: what a dataset holds."""

    DATASET = VOID + "Dataset"
    DATA_DUMP = VOID + "dataDump"
    SPARQL_ENDPOINT = VOID + "sparqlEndpoint"
    URI_SPACE = VOID + "uriSpace"
    TRIPLES = VOID + "triples"
    CLASSES = VOID + "classes"
    PROPERTIES = VOID + "properties"
    DISTINCT_SUBJECTS = VOID + "distinctSubjects"
    DISTINCT_OBJECTS = VOID + "distinctObjects"
    CLASS_PARTITION = VOID + "classPartition"
    PROPERTY_PARTITION = VOID + "propertyPartition"
    CLASS = VOID + "class"
    PROPERTY = VOID + "property"
    ENTITIES = VOID + "entities"
    FEATURE = VOID + "feature"
    IN_DATASET = VOID + "inDataset"
    SUBSET = VOID + "subset"
    LINKSET = VOID + "Linkset"
    LINK_PREDICATE = VOID + "linkPredicate"
    SUBJECTS_TARGET = VOID + "subjectsTarget"
    VOCABULARY = VOID + "vocabulary"


class Dcat(StrEnum):
    """DCAT: where a dataset can be had."""

    DATASET = DCAT + "Dataset"
    DISTRIBUTION = DCAT + "distribution"
    DISTRIBUTION_CLASS = DCAT + "Distribution"
    DATA_SERVICE = DCAT + "DataService"
    ACCESS_SERVICE = DCAT + "accessService"
    ACCESS_URL = DCAT + "accessURL"
    DOWNLOAD_URL = DCAT + "downloadURL"
    MEDIA_TYPE = DCAT + "mediaType"
    COMPRESS_FORMAT = DCAT + "compressFormat"
    ENDPOINT_URL = DCAT + "endpointURL"
    ENDPOINT_DESCRIPTION = DCAT + "endpointDescription"
    SERVES_DATASET = DCAT + "servesDataset"
    VERSION = DCAT + "version"
    PREVIOUS_VERSION = DCAT + "previousVersion"
    KEYWORD = DCAT + "keyword"
    BYTE_SIZE = DCAT + "byteSize"


class Spdx(StrEnum):
    """SPDX: checksums of files."""

    CHECKSUM = SPDX + "checksum"
    CHECKSUM_CLASS = SPDX + "Checksum"
    ALGORITHM = SPDX + "algorithm"
    SHA256 = SPDX + "checksumAlgorithm_sha256"
    CHECKSUM_VALUE = SPDX + "checksumValue"


class Np(StrEnum):
    """Nanopublications: one claim with where it comes from and who publishes it."""

    NANOPUBLICATION = NP + "Nanopublication"
    HAS_ASSERTION = NP + "hasAssertion"
    HAS_PROVENANCE = NP + "hasProvenance"
    HAS_PUBLICATION_INFO = NP + "hasPublicationInfo"
    INTRODUCES = NPX + "introduces"


class Sd(StrEnum):
    """SPARQL 1.1 Service Description."""

    SERVICE = SD + "Service"
    ENDPOINT = SD + "endpoint"
    SUPPORTED_LANGUAGE = SD + "supportedLanguage"
    SPARQL_11_QUERY = SD + "SPARQL11Query"
    SPARQL_11_UPDATE = SD + "SPARQL11Update"
    RESULT_FORMAT = SD + "resultFormat"
    INPUT_FORMAT = SD + "inputFormat"
    FEATURE = SD + "feature"
    UNION_DEFAULT_GRAPH = SD + "UnionDefaultGraph"
    EMPTY_GRAPHS = SD + "EmptyGraphs"
    BASIC_FEDERATED_QUERY = SD + "BasicFederatedQuery"
    DEFAULT_DATASET = SD + "defaultDataset"
    DATASET = SD + "Dataset"
    DEFAULT_GRAPH = SD + "defaultGraph"
    GRAPH_CLASS = SD + "Graph"
    NAMED_GRAPH = SD + "namedGraph"
    NAMED_GRAPH_CLASS = SD + "NamedGraph"
    NAME = SD + "name"
    GRAPH = SD + "graph"


FORMATS: Final = {
    "json": FORMAT + "SPARQL_Results_JSON",
    "xml": FORMAT + "SPARQL_Results_XML",
    "csv": FORMAT + "SPARQL_Results_CSV",
    "tsv": FORMAT + "SPARQL_Results_TSV",
    "turtle": FORMAT + "Turtle",
    "ntriples": FORMAT + "N-Triples",
    "jsonld": FORMAT + "JSON-LD",
    "rdfxml": FORMAT + "RDF_XML",
    "trig": FORMAT + "TriG",
    "nquads": FORMAT + "N-Quads",
}
"""The W3C's names of formats, by how `--format` calls them."""
