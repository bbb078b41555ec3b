"""Trained low-rank adapters as a GGUF file that llama.cpp loads over the bundled weights."""

from pathlib import Path
from typing import Any

import gguf
import numpy as np

NAMES = {
    "q_proj": "attn_q",
    "k_proj": "attn_k",
    "v_proj": "attn_v",
    "o_proj": "attn_output",
    "gate_proj": "ffn_gate",
    "up_proj": "ffn_up",
    "down_proj": "ffn_down",
}
"""llama.cpp's names of the layers that get adapters."""


def export(model: Any, alpha: int, path: Path) -> None:
    """Writes the adapters as a GGUF file that llama.cpp loads over the bundled weights.

    llama.cpp keeps the rows of query and key weights in another order (rotary halves side by side), so the adapters'
    output sides are put in that order too.
    """
    config = model.get_base_model().config
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_type("adapter")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", float(alpha))
    heads = {"q_proj": config.num_attention_heads, "k_proj": config.num_key_value_heads}
    for name, parameter in sorted(model.named_parameters()):
        if ".lora_" not in name:
            continue
        parts = name.split(".")
        layer, module = parts[parts.index("layers") + 1], next(part for part in parts if part in NAMES)
        weights = parameter.detach().float().numpy()
        side = "lora_a" if "lora_A" in name else "lora_b"
        if side == "lora_b" and module in heads:
            weights = permuted(weights, heads[module])
        _add(writer, f"blk.{layer}.{NAMES[module]}.weight.{side}", np.ascontiguousarray(weights))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _add(writer: gguf.GGUFWriter, name: str, weights: np.ndarray[Any, Any]) -> None:
    """Adds a tensor: eight bits where its rows are long enough for llama.cpp's blocks of 32, else sixteen."""
    if weights.shape[1] % 32:
        writer.add_tensor(name, weights.astype(np.float16))
        return
    packed = gguf.quants.quantize(weights, gguf.GGMLQuantizationType.Q8_0)
    writer.add_tensor(name, packed, raw_dtype=gguf.GGMLQuantizationType.Q8_0)


def permuted(weights: np.ndarray[Any, Any], heads: int) -> np.ndarray[Any, Any]:
    """Returns the rows (out, rank) of a query or key adapter in llama.cpp's order."""
    rows = weights.shape[0]
    split = weights.reshape(heads, 2, rows // heads // 2, weights.shape[1])
    return split.swapaxes(1, 2).reshape(weights.shape)
