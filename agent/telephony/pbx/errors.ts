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
  UPDATE_FAILED: {
    summary: 'the update of Asterisk did not come about',
    mend: 'Look at the lines above; the version in use stays as it was',
  },
  UPDATE_LACKS: {
    summary: 'the new Asterisk lacks modules, and the one before is in use again',
    mend: 'Wait for the next one, or have Debian asked why they are gone',
  },
  NO_OPENSSL: {
    summary: 'the program openssl, which crypts the password of ARI, does not run',
    mend: 'Install openssl',
  },
  TRUNK_PASSWORD: {
    summary: 'the password of a trunk cannot be read, or has a line end or a backslash',
    mend: 'Write the password alone into the file that passwordFile of the trunk names, readable by this user',
  },
  TRUNK_AUTHORITIES: {
    summary: 'no authorities can be read that know the other side of a trunk over TLS',
    mend: 'Name a PEM file with their certificates in caFile of the trunk, readable by this user; without one, install the package ca-certificates',
  },
  NO_ASTERISK: {
    summary: 'no configuration of an Asterisk is in this folder',
    mend: 'Name the folder that holds extensions.conf and pjsip.conf with --folder, usually /etc/asterisk',
  },
  MARKS_BROKEN: {
    summary: 'the part that Vestibule wrote into this file has lost its marks',
    mend: 'Take the lines from `; >>> vestibule` on out by hand, and try again',
  },
  TEMPLATE_BROKEN: {
    summary: 'a template of asterisk-config/ names a value that nobody fills',
    mend: 'Restore the template from the release',
  },
});
