import { defineErrors } from '../../errors.js';

/** Errors of the simulated caller. */
export const rehearseErrors = defineErrors('REHEARSE', {
  SCENARIO_UNREADABLE: {
    summary: 'the scenario file cannot be read',
    mend: 'Check that the file exists and that this user may read it',
  },
  SCENARIO_BAD: {
    summary: 'the scenario file is wrong',
    mend: 'Correct the named places; test/calls/scenarios holds examples',
  },
  SOCKET_FAILED: {
    summary: 'the simulated caller cannot open its UDP socket',
    mend: 'Check the local address and that ports are free',
  },
  BAD_ADDRESS: {
    summary: 'the SIP address cannot be used',
    mend: 'Write it as sip:user@host or sip:user@host:port with a host that resolves',
  },
  CALL_REFUSED: {
    summary: 'the call was not answered',
    mend: 'Check that the called address exists and that its PBX runs',
  },
  REGISTRATION_REFUSED: {
    summary: 'the registration was refused',
    mend: 'Check user and password of the extension',
  },
  NO_CODEC: {
    summary: 'the other side offers no codec that the simulated caller speaks',
    mend: 'Allow G.711 µ-law or A-law for this endpoint',
  },
  CALL_OVER: {
    summary: 'the call is already over',
    mend: 'Look at the report for how it ended',
  },
  WAIT_TIMEOUT: {
    summary: 'what a step waited for did not happen in time',
    mend: 'Listen to the recording, or give the step a longer timeout',
  },
  SYNTHESIS_FAILED: {
    summary: 'a line of the caller could not be synthesised',
    mend: 'Install espeak-ng or flite, or start the voice worker',
  },
  NO_REPLY: {
    summary: 'the caller has no reply to what the receptionist says',
    mend: 'Add a reply to the scenario whose `when` fits it',
  },
});
