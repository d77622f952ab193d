import { defineErrors } from '../errors.js';

/** Errors of reading and writing audio. */
export const audioErrors = defineErrors('AUDIO', {
  FILE_UNREADABLE: {
    summary: 'the audio file cannot be read',
    mend: 'Check that the file exists and that this user may read it',
  },
  NOT_WAV: {
    summary: 'the file is not a WAV file that can be decoded',
    mend: 'Convert it to WAV (PCM, float, A-law, µ-law or IMA ADPCM)',
  },
  FILE_UNWRITABLE: {
    summary: 'the audio file cannot be written',
    mend: 'Check that its folder exists, has room and may be written by this user',
  },
  BAD_RATE: {
    summary: 'a sample rate is out of range',
    mend: 'Use a whole number from 1000 to 384000 Hz',
  },
});
