import { defineErrors } from '../errors.js';

/** Errors of reading and writing audio. */
export const audioErrors = defineErrors('AUDIO', {
  FILE_UNREADABLE: {
    summary: 'the audio file cannot be read',
    mend: 'Check that the file exists and that this user may read it',
  },
  NOT_WAV: {
    summary: 'the file is not a WAV file that can be decoded',
    mend: 'Convert it: ffmpeg -i FILE -ar 16000 -ac 1 -c:a pcm_s16le NEW.wav',
  },
  CODING: {
    summary: 'the WAV file holds a coding that is not decoded here',
    mend: 'Convert it: ffmpeg -i FILE -ar 16000 -ac 1 -c:a pcm_s16le NEW.wav',
  },
  TOO_LONG: {
    summary: 'the recording is too long to be taken at once',
    mend: 'Cut it into parts of 4 hours or less',
  },
  NO_RECORDER: {
    summary: 'no program that records from a microphone is installed',
    mend: 'Install one: sudo apt-get install sox libsox-fmt-pulse (or alsa-utils for arecord)',
  },
  NO_PLAYER: {
    summary: 'no program that plays sound is installed',
    mend: 'Install one: sudo apt-get install sox libsox-fmt-pulse (or alsa-utils for aplay, or pulseaudio-utils for paplay)',
  },
  MICROPHONE: {
    summary: 'the microphone gives no sound',
    mend: 'Check that one is connected, not in use and allowed (arecord -l and pactl list short sources show them), or choose another with --device or --recorder',
  },
  PLAYER: {
    summary: 'the sound cannot be played',
    mend: 'Check that loudspeakers or headphones are connected and not in use (aplay -l and pactl list short sinks show them), or choose another with --player',
  },
  NO_SPEECH: {
    summary: 'there is no speech in the recording',
    mend: 'Speak nearer to the microphone, or check the level of its input',
  },
  FILE_UNWRITABLE: {
    summary: 'the audio file cannot be written',
    mend: 'Check that its folder exists, has room and may be written by this user',
  },
  FLAC: {
    summary: 'sound could not be coded as FLAC, or read from it',
    mend: 'Run npm ci, since libflacjs may be damaged, or set records.soundFormat to pcm; report it if it happens again',
  },
  BAD_RATE: {
    summary: 'a sample rate is out of range',
    mend: 'Use a whole number from 1000 to 384000 Hz',
  },
});
