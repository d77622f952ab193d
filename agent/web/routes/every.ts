import { accountRoutes } from './accounts.js';
import { auditRoutes } from './audit.js';
import { callRoutes } from './calls.js';
import { configurationRoutes } from './configuration.js';
import { contactRoutes } from './contacts.js';
import { exportRoutes } from './exports.js';
import { handlingRoutes } from './handling.js';
import { healthRoutes } from './health.js';
import { insightRoutes } from './insights.js';
import { liveRoutes } from './live.js';
import { messageRoutes } from './messages.js';
import { officeRoutes } from './offices.js';
import { ownKeyRoutes } from './own-keys.js';
import { privacyGuardianRoutes } from './privacy-guardians.js';
import { privacyPersonRoutes } from './privacy-person.js';
import { privacyRequestRoutes } from './privacy-requests.js';
import { privacyRuleRoutes } from './privacy-rules.js';
import { runningRoutes } from './running.js';
import { sessionRoutes } from './session.js';
import { setUpRoutes } from './set-up.js';
import { telephoneRoutes } from './telephone.js';
import { workshopRoutes } from './workshop.js';
import type { Routes } from './api.js';

/** All that is below /api. */
export const EVERY_ROUTE: readonly Routes[] = [
  ...[configurationRoutes, setUpRoutes, workshopRoutes, handlingRoutes],
  ...[officeRoutes, sessionRoutes, messageRoutes, callRoutes, contactRoutes, accountRoutes],
  ...[auditRoutes, healthRoutes, insightRoutes, liveRoutes, runningRoutes, telephoneRoutes],
  ...[privacyRequestRoutes, privacyPersonRoutes, privacyRuleRoutes, privacyGuardianRoutes],
  ...[exportRoutes, ownKeyRoutes],
];
