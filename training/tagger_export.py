"""The trained tagger as one eight-bit ONNX file."""

from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.tagger_model import HEADS, TaggerModel
from training.tagger_rows import INPUTS


def export(model: TaggerModel, path: Path) -> None:
    """Writes the model as ONNX with weights in eight bits (one scale a row), whole or not at all."""
    whole, aside = path.with_suffix(".whole.onnx"), path.with_suffix(".part")
    example = {name: torch.zeros(2, 12, dtype=torch.long) for name in INPUTS}
    example["segment"][:, 6:] = 1
    torch.onnx.export(
        model,
        tuple(example.values()),
        str(whole),
        input_names=list(INPUTS),
        output_names=list(HEADS),
        dynamic_axes={name: {0: "batch", 1: "pieces"} for name in (*INPUTS, "tags", "attitudes")}
        | {name: {0: "batch"} for name in HEADS if name not in ("tags", "attitudes")},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(
        whole, aside, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gather"]
    )
    onnx.checker.check_model(str(aside))
    whole.unlink()
    aside.replace(path)
