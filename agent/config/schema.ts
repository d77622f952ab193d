import { z } from 'zod';
import { notifySettings } from '../notify/deliver/settings.js';
import { centralSettings } from '../notify/central/settings.js';
import { calendarsSettings } from '../notify/calendar/settings.js';
import { officesSettings } from '../federation/settings.js';
import { monitoringSettings } from '../monitoring/settings.js';
import { dialogueSettings } from '../dialogue/settings.js';
import { consentFault } from '../privacy/jurisdictions.js';
import { privacySettings } from '../privacy/settings.js';
import { backupSettings } from '../privacy/backup-settings.js';
import { redactionSettings } from '../privacy/redaction-settings.js';
import { handlingSettings, targetsOf } from '../reception/handling-settings.js';
import { receptionSettings } from '../reception/settings.js';
import { recordsSettings } from '../records/settings.js';
import { controlSettings } from '../rpc/settings.js';
import { speechSettings } from '../speech/settings.js';
import { pbxSettings } from '../telephony/pbx/settings.js';
import { understandingSettings } from '../understanding/settings.js';
import { webSettings } from '../web/settings.js';
import { configurationVersion } from './versions.js';
import { numbersSettings, type NumberOffice } from './numbers.js';

/** The whole configuration, composed of each folder's slice. */
export const configuration = z
  .strictObject({
    /** The shape that the file is written in; older ones are read as if they were migrated. */
    version: z.int().min(1).max(configurationVersion()).default(1),
    pbx: pbxSettings.prefault({}),
    speech: speechSettings.prefault({}),
    understanding: understandingSettings,
    dialogue: dialogueSettings,
    calendars: calendarsSettings,
    notify: notifySettings.prefault({}),
    central: centralSettings.optional(),
    records: recordsSettings.prefault({}),
    redaction: redactionSettings.prefault({}),
    backup: backupSettings.prefault({}),
    reception: receptionSettings,
    handling: handlingSettings.prefault({}),
    privacy: privacySettings.prefault({}),
    web: webSettings.prefault({}),
    control: controlSettings.prefault({}),
    monitoring: monitoringSettings.prefault({}),
    otherOffices: officesSettings,
    numbers: numbersSettings.default([]),
  })
  .superRefine((all, context) => {
    if (all.reception.recording !== 'off' && all.reception.acknowledgement === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['reception', 'acknowledgement'],
        message:
          'name who acknowledged the duty to tell callers of the recording (by, version), or set reception.recording to off',
      });
    }
    const consent = consentFault({
      mode: all.dialogue.consentMode,
      jurisdiction: all.privacy.jurisdiction,
      own: all.privacy.jurisdictions,
      because: all.privacy.weakerConsent,
    });
    if (consent !== undefined && all.reception.recording !== 'off') {
      context.addIssue({
        code: 'custom',
        path: consent.about === 'mode' ? ['dialogue', 'consentMode'] : ['privacy', 'jurisdiction'],
        message: consent.message,
      });
    }
    const { transferTargets, departments, rotas } = all.dialogue;
    const destinations = [...transferTargets, ...departments, ...rotas].map(({ id }) => id);
    for (const { id, path } of targetsOf(all.handling)) {
      if (destinations.includes(id)) continue;
      context.addIssue({
        code: 'custom',
        path: ['handling', ...path],
        message: 'name the id of one of dialogue.transferTargets, departments or rotas',
      });
    }
    const extensions = new Set(all.pbx.extensions.map(({ number }) => number));
    const out = all.pbx.trunks.some(({ outbound }) => outbound);
    all.dialogue.transferTargets.forEach(({ extension }, index) => {
      if (!extensions.has(extension) && !out) {
        context.addIssue({
          code: 'custom',
          path: ['dialogue', 'transferTargets', index, 'extension'],
          message: 'this extension is not among pbx.extensions, and no trunk carries calls out',
        });
      }
    });
    all.dialogue.appointments.visits.forEach(({ calendar }, index) => {
      if (calendar !== undefined && all.calendars[calendar] === undefined) {
        context.addIssue({
          code: 'custom',
          path: ['dialogue', 'appointments', 'visits', index, 'calendar'],
          message: 'name the id of one of calendars',
        });
      }
    });
    if (all.speech.language !== all.understanding.language) {
      context.addIssue({
        code: 'custom',
        path: ['understanding', 'language'],
        message: 'speech.language and understanding.language must be the same',
      });
    }
  });

/** The configuration, and who answers each of the numbers that have a profile of their own. */
export type Configuration = z.infer<typeof configuration> & {
  readonly offices?: readonly NumberOffice[];
};
