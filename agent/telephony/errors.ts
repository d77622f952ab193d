import { defineErrors } from '../errors.js';

export const telephonyErrors = defineErrors('TELEPHONY', {
  ARI_UNREACHABLE: {
    summary: 'Asterisk does not answer on its ARI address',
    mend: 'Start Asterisk, or correct pbx.ari.port in the configuration',
  },
  ARI_REFUSED: {
    summary: 'Asterisk refused the ARI user or password',
    mend: 'Run `vestibule asterisk render` again and restart Asterisk, or correct pbx.ari.user',
  },
  ARI_REQUEST_FAILED: {
    summary: 'Asterisk refused an ARI request',
    mend: 'Look at the Asterisk log for the reason; the call is handed to the fallback',
  },
  ASTERISK_TOO_OLD: {
    summary: 'this Asterisk is older than the floor that Vestibule was tested with',
    mend: 'Run scripts/install-asterisk, or upgrade Asterisk',
  },
  ASTERISK_LACKS: {
    summary: 'this Asterisk lacks something that Vestibule needs',
    mend: 'Load the module named, or run scripts/install-asterisk',
  },
  NO_COMMAND_LINE: {
    summary: 'Asterisk’s command line does not answer',
    mend: 'Look whether Asterisk runs (vestibule doctor); its socket lies in asterisk/run of the data folder',
  },
  EAR_TIMEOUT: {
    summary: 'the media channel of a call did not come up in time',
    mend: 'Check that chan_websocket is loaded and that HTTP on the ARI address is reachable',
  },
  EAR_LOST: {
    summary: 'the media socket of a call closed while the call was up',
    mend: 'Look at the Asterisk log for the reason; the call is handed to the fallback',
  },
  STATE_UNLISTED: {
    summary: 'a call changed state in a way that its table does not list',
    mend: 'Report this with the log lines of the call',
  },
  NOBODY_THERE: {
    summary: 'nobody is connected with this caller',
    mend: 'Wait until a colleague has taken the call; a whisper needs somebody who hears it',
  },
});
