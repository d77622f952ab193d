"""Forced alignment by PocketSphinx for scripts/bench/word-times.

In: [{"file": 16 kHz s16 PCM, "said": [words]}], one JSON list. Out: one line of JSON each: the words'
[start, end] in seconds, or null where the dictionary lacks a word.
"""

import json
import sys

from pocketsphinx import Decoder

decoder = Decoder(samprate=16000, loglevel="FATAL")
for prompt in json.load(sys.stdin):
    said = prompt["said"]
    times = None
    if all(decoder.lookup_word(word) for word in said):
        decoder.set_align_text(" ".join(said))
        decoder.start_utt()
        with open(prompt["file"], "rb") as audio:
            decoder.process_raw(audio.read(), full_utt=True)
        decoder.end_utt()
        found = [segment for segment in decoder.seg() or [] if segment.word[0] not in "<["]
        if [segment.word.split("(")[0] for segment in found] == said:
            times = [[s.start_frame / 100, (s.end_frame + 1) / 100] for s in found]
    print(json.dumps(times), flush=True)
