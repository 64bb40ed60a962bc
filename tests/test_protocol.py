"""The protocol is read whole and all its faults are told at once."""

import pytest

from review_kit.errors import ProtocolError
from review_kit.protocol import Criterion, Item, read_protocol

GOOD = """
title: A review
question: Does it work?
mode: dual
criteria:
  include: {I1: It reports a model.}
  exclude: {E1: Not medical.}
reasons: {full_text: [not medical, no evaluation]}
highlight: {include: [reasoning], exclude: [segmentation]}
taxonomy:
  modality:
    label: Modality
    nodes: {text: Text, image: {label: Image, keywords: [x-ray]}}
  method: {nodes: {training: {label: Training, nodes: {sft: Fine-tuning}}}}
items:
  size: {label: Model size, type: number, unit: B}
  access: {type: choice, choices: [open, closed]}
"""


def write(tmp_path, text):
    path = tmp_path / "protocol.yml"
    path.write_text(text)
    return path


def test_a_protocol_is_read_with_its_taxonomy_flattened_in_order(tmp_path):
    protocol = read_protocol(write(tmp_path, GOOD))
    assert ["modality", "modality/text", "modality/image", "method", "method/training", "method/training/sft"] == [
        node.id for node in protocol.taxonomy]
    assert ["Modality", "method"] == [axis.label for axis in protocol.axes]
    assert ("x-ray",) == protocol.node("modality/image").keywords
    assert "method/training" == protocol.node("method/training/sft").parent
    assert (Criterion("I1", "include", "It reports a model."), Criterion("E1", "exclude", "Not medical.")
            ) == protocol.criteria
    assert ("not medical", "no evaluation") == protocol.reasons["full_text"]
    assert Item("size", "Model size", "number", unit="B") == protocol.item("size")


def test_all_faults_are_told_at_once(tmp_path):
    bad = "question: x\nmode: triple\ncolour: red\ntaxonomy: [a]\nitems: {n: {type: float}, c: {type: choice}}\n" \
          "reasons: {second: [a], full_text: [a, a]}\ncriteria: {maybe: {x: y}}\n"
    with pytest.raises(ProtocolError) as caught:
        read_protocol(write(tmp_path, bad))
    for words in ("title", "triple", "colour", "taxonomy: expected", "float", "needs choices", "second", "different",
                  "maybe"):
        assert words in str(caught.value)


@pytest.mark.parametrize("text", ["", "- a\n- b", "title: [unclosed", "!!python/object/apply:os.system ['true']"])
def test_a_file_that_is_no_protocol_is_a_clear_error(tmp_path, text):
    with pytest.raises(ProtocolError, match="protocol.yml"):
        read_protocol(write(tmp_path, text))


def test_a_missing_protocol_says_how_to_make_one(tmp_path):
    with pytest.raises(ProtocolError, match="review-kit new"):
        read_protocol(tmp_path / "protocol.yml")
