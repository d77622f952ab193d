// The published builds of ONNX Runtime for Linux, from 1.29 on, send Microsoft what they run, and keep an
// id of the machine and a queue of events under ~/.cache/Microsoft, unless this is set before they are
// loaded (onnxruntime pull request 27379). To be imported before them.
process.env.ORT_DISABLE_TELEMETRY = '1';
