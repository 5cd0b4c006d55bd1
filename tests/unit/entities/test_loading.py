"""A broken row is reported with its file, its line and what is wrong."""

from __future__ import annotations

import shutil

import pytest

from ssrgraph.entities import load_reference
from ssrgraph.errors import DataError
from ssrgraph.resources import shipped


@pytest.fixture
def folder(tmp_path):
    """Hold a small set of files that load."""
    files = {
        "states.csv": "iso2,iso3,label,abbreviation,aliases,adjectives,shared_names,wikidata,source\n"
        "IQ,IRQ,Iraq,,Republic of Iraq,Iraqi|Iraqis,,Q796,test\n",
        "organizations.csv": "label,abbreviation,type,aliases,parent,state,local_names,shared_names,wikidata,source\n"
        "NATO,,international,Alliance of Tests,,,,,Q7184,test\n",
        "programmes.csv": "label,abbreviation,aliases,parent,state,local_names,shared_names,wikidata,source\n",
        "missions.csv": "label,abbreviation,aliases,parent,state,local_names,start,end,shared_names,wikidata,source\n",
        "places.csv": "label,slug,type,state,aliases,shared_names,wikidata,source\n",
        "currencies.csv": "code,name,names,symbols,shared_names,shared_symbols,states,source\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def append(folder, name, row):
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(row + "\n")


def test_good_files_load(folder):
    append(folder, "missions.csv", "NATO Mission,NM,,organization/nato,IQ,,2018,2019-05,,,test")
    mission = load_reference(folder).get("mission/nato-mission")
    assert (mission.parent, mission.state, mission.start, mission.end) == ("organization/nato", "IQ", "2018", "2019-05")


@pytest.mark.parametrize(
    ("name", "row", "problem"),
    [
        ("organizations.csv", "NATO,,international,,,,,,,test", "ids must be unique"),
        ("organizations.csv", "Body,,international,,organization/none,,,,,test", "there is no organization/none"),
        ("organizations.csv", "Body,,club,,,,,,,test", "type 'club' of 'Body' is none of"),
        ("organizations.csv", "Body,,civil,Alliance of Tests,,,,,,test", "list it in shared_names"),
        ("organizations.csv", "Body,,civil,,,,,Bodies,,test", "'Bodies' is shared but no name of it"),
        ("organizations.csv", "Body,,civil,,,,,,796,test", "'796' is no Wikidata identifier"),
        ("organizations.csv", "Body,,civil,,,,,,,", "no source"),
        ("organizations.csv", ",,civil,,,,,,,test", "no label"),
        ("organizations.csv", "Body,,civil,,,,The Body,,,test", "names that need a state"),
        ("organizations.csv", "Body,,civil,,,IRQ,,,,test", "'IRQ' is no ISO 3166-1 alpha-2 code"),
        ("organizations.csv", "Body,,civil,,,SE,,,,test", "there is no state SE"),
        ("organizations.csv", "Body,,civil,B|B,,,,,,test", "'B' is empty, padded or repeated"),
        ("organizations.csv", "Body,,civil,,organization/body,,,,,test", "is a part of itself"),
        ("organizations.csv", "Body,civil", "2 cells, but the header has 10"),
        ("states.csv", ",SWE,Sweden,,,,,,test", "a state needs its code"),
        ("missions.csv", "Mission,,,,,,in 2018,,,,test", "is no period"),
        ("currencies.csv", "dollar,US dollar,,,,,,test", "no ISO 4217 code"),
    ],
)
def test_a_broken_row_is_reported(folder, name, row, problem):
    append(folder, name, row)
    with pytest.raises(DataError, match=r"line [23]") as caught:
        load_reference(folder)
    assert problem in str(caught.value)


def test_a_name_may_be_shared_when_all_but_one_say_so(folder):
    append(folder, "organizations.csv", "Body,,civil,Alliance of Tests,,,,Alliance of Tests,,test")
    found = load_reference(folder).find("Alliance of Tests")
    assert [entity.label for entity in found] == ["NATO", "Body"]


def test_a_missing_file_is_reported(folder):
    (folder / "missions.csv").unlink()
    with pytest.raises(DataError, match=r"missions\.csv: cannot be read"):
        load_reference(folder)


def test_a_file_in_another_encoding_is_reported(folder):
    (folder / "places.csv").write_bytes("label\nMontréal\n".encode("latin-1"))
    with pytest.raises(DataError, match=r"places\.csv: cannot be read"):
        load_reference(folder)


def test_the_shipped_data_is_the_default(tmp_path):
    copy = tmp_path / "reference"
    shutil.copytree(shipped("data/reference"), copy)
    assert load_reference(copy).entities == load_reference().entities
