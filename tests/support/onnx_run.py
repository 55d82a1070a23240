#!/usr/bin/python3
"""onnx_run.py MODEL.onnx < ROWS.csv: a model in ONNX applied to rows, by the definitions of its operators.

Prints CSV with a header as `nn-train predict --out all` does. Debian has the checker of ONNX but nothing that runs a
graph; this has the operators that nn-train writes, each as https://onnx.ai/onnx/operators says.
"""

import csv
import json
import sys

import numpy
import onnx
import onnx.numpy_helper

TYPES = {onnx.TensorProto.FLOAT: numpy.float32, onnx.TensorProto.DOUBLE: numpy.float64, onnx.TensorProto.INT64: numpy.int64}


def softmax(z):
    e = numpy.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def one_hot(column, cats_strings, zeros):
    return numpy.array([[[text == cat.decode() for cat in cats_strings]] for text in column[:, 0]], numpy.float32)


OPERATORS = {
    "Add": lambda a, b: a + b, "Sub": lambda a, b: a - b, "Mul": lambda a, b: a * b, "Div": lambda a, b: a / b,
    "IsNaN": numpy.isnan, "Where": numpy.where, "Identity": lambda a: a, "Cast": lambda a, to: a.astype(TYPES[to]),
    "Gather": lambda a, at, axis: numpy.take(a, at, axis), "Concat": lambda *a, axis: numpy.concatenate(a, axis),
    "Reshape": lambda a, shape: a.reshape(shape), "ReduceSum": lambda a, axes: a.sum(axis=tuple(axes), keepdims=True),
    "ReduceMax": lambda a, axes, keepdims: a.max(axis=tuple(axes), keepdims=bool(keepdims)),
    "Gemm": lambda a, b, c: a @ b + c, "Sigmoid": lambda z: 1 / (1 + numpy.exp(-z)), "Tanh": numpy.tanh,
    "Softplus": lambda z: numpy.logaddexp(z, 0), "Relu": lambda z: numpy.maximum(z, 0),
    "LeakyRelu": lambda z, alpha: numpy.where(z >= 0, z, z * numpy.float32(alpha)), "Softmax": lambda z, axis: softmax(z),
    "ArgMax": lambda a, axis, keepdims: a.argmax(axis=axis), "OneHotEncoder": one_hot,
    "LabelEncoder": lambda a, keys_int64s, values_strings: numpy.array([values_strings[at].decode() for at in a]),
}


def main():
    model = onnx.load(sys.argv[1])
    onnx.checker.check_model(model)
    rows = list(csv.DictReader(sys.stdin))
    values = {one.name: onnx.numpy_helper.to_array(one) for one in model.graph.initializer}
    numbers = json.loads(next((one.value for one in model.metadata_props if one.key == "numbers"), "[]"))
    for one in model.graph.input:
        if one.name == "numbers":
            values["numbers"] = numpy.array([[float(row[name] or "nan") for name in numbers] for row in rows])
        else:
            values[one.name] = numpy.array([[row[one.name]] for row in rows], object)
    for node in model.graph.node:
        options = {one.name: onnx.helper.get_attribute_value(one) for one in node.attribute}
        values[node.output[0]] = OPERATORS[node.op_type](*[values[name] for name in node.input], **options)
    if "label" in values:
        print("label," + ",".join(f"p{at}" for at in range(values["probabilities"].shape[1])))
        for label, chances in zip(values["label"], values["probabilities"]):
            print(label, *(f"{chance:.9f}" for chance in chances), sep=",")
    else:
        print("value")
        for value in values["value"][:, 0]:
            print(repr(float(value)))


main()
