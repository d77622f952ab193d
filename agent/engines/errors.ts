import { defineErrors } from '../errors.js';

/** Errors of the workers' programs. */
export const engineErrors = defineErrors('ENGINE', {
  USAGE: {
    summary: 'a worker was started with wrong arguments',
    mend: 'Give --worker vad|recogniser|voice|encoder, --socket PATH or HOST:PORT, and --models FOLDER',
  },
  MODEL_MISSING: {
    summary: 'a model file is missing',
    mend: 'Run scripts/fetch-models',
  },
  MODEL_DAMAGED: {
    summary: 'a model file is damaged: it cannot be loaded, or its checksum is wrong',
    mend: 'Fetch it anew with scripts/fetch-models; under the supervisor the worker then goes on by itself',
  },
  HELD: {
    summary: 'a worker cannot serve before what is wrong with its model is mended',
    mend: 'Mend that; it looks again every five seconds',
  },
  NOT_FUSED: {
    summary:
      "the recogniser's fused decoder cannot be used; the original takes its place at twice the CPU",
    mend: 'Run scripts/fetch-models; if it stays, capacity is lower on this machine',
  },
  NOT_EQUAL: {
    summary: 'the fused decoder does not find on this machine what the original finds',
    mend: 'Nothing is to be done: the original is used, at twice the CPU',
  },
  DECODING: {
    summary: 'a recogniser failed to decode audio',
    mend: 'See the log of that worker; vestibule models verify checks the models',
  },
  LEFT: {
    summary: 'the client left before its answer was ready',
    mend: 'Nothing is to be done: it no longer wants the answer',
  },
  HEAD: {
    summary: 'an intent head cannot be loaded or does not fit the encoder',
    mend: 'Train it again with vestibule intents train',
  },
  PHONEMES: {
    summary: 'espeak-ng could not be run',
    mend: "Install Debian's espeak-ng package",
  },
  BAD_REQUEST: {
    summary: 'a client sent a request that breaks the protocol',
    mend: 'Use a client of the same version',
  },
});
