import { defineErrors } from '../errors.js';

/** Errors of understanding what callers say. Details name files and paths, never callers' words. */
export const understandingErrors = defineErrors('UNDERSTANDING', {
  EXAMPLES_UNREADABLE: {
    summary: 'the file of intent examples cannot be read',
    mend: 'Check that the profile and language have a file under models/intents',
  },
  EXAMPLES_MALFORMED: {
    summary: 'the file of intent examples is not as it should be',
    mend: 'Write profile, language and intents, each intent a list of example sentences',
  },
  EXAMPLES_FEW: {
    summary: 'an intent has too few examples',
    mend: 'Add examples to each named intent until it has at least 8',
  },
  EXAMPLES_DUPLICATE: {
    summary: 'the same example stands in two places',
    mend: 'Keep it in the intent where it belongs',
  },
  NO_EXAMPLE: {
    summary: 'the office added no such example',
    mend: 'Look at the list; examples of the profile itself stay',
  },
  NOT_TRAINED: {
    summary: 'the intents could not be trained; the old ones stay in use',
    mend: 'Correct what is named, or run vestibule intents train',
  },
  ENCODER_SHAPE: {
    summary: 'the sentence encoder gave vectors of another shape than expected',
    mend: 'Run the encoder that the model catalogue names',
  },
  HEAD_MISSING: {
    summary: 'the trained intent head cannot be read',
    mend: 'Run vestibule intents train',
  },
  HEAD_MALFORMED: {
    summary: 'the description of the intent head does not fit the head',
    mend: 'Run vestibule intents train',
  },
  MODEL_FAILED: {
    summary: 'the language model gave no answer that can be used',
    mend: 'Look at its server; calls go on without it',
  },
  MODEL_OUTSIDE: {
    summary: 'the language model is not in the own network, so nothing was sent',
    mend: 'Set understanding.languageModel.url to a server of your own network',
  },
  MODEL_KEY_UNREADABLE: {
    summary: 'the key of the language model cannot be read',
    mend: 'Name a file that this user may read in understanding.languageModel.keyFile',
  },
  NOT_STARTED: {
    summary: 'understanding was asked before it was started',
    mend: 'Start it first',
  },
});
