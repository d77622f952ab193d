import { defineErrors } from '../../errors.js';

export const pbxErrors = defineErrors('PBX', {
  NOT_INSTALLED: {
    summary: 'no Asterisk is installed for Vestibule',
    mend: 'Run scripts/install-asterisk',
  },
  PORT_IN_USE: {
    summary: 'a port that Asterisk needs is taken by another program',
    mend: 'Stop that program, or choose another port (pbx.sip.port or VESTIBULE_SIP_PORT, pbx.ari.port)',
  },
  NOT_WRITABLE: {
    summary: "Asterisk's folder cannot be written",
    mend: 'Free disk space, or give this user the right to write there',
  },
  SECRETS_BROKEN: {
    summary: 'the file of passwords cannot be read',
    mend: 'Give this user the right to read it, or delete it: new passwords are made, and telephones need them',
  },
  NO_OPENSSL: {
    summary: 'the program openssl, which crypts the password of ARI, does not run',
    mend: 'Install openssl',
  },
  TRUNK_PASSWORD: {
    summary: 'the password of a trunk cannot be read, or has a line end or a backslash',
    mend: 'Write the password alone into the file that passwordFile of the trunk names, readable by this user',
  },
  TEMPLATE_BROKEN: {
    summary: 'a template of asterisk-config/ names a value that nobody fills',
    mend: 'Restore the template from the release',
  },
});
