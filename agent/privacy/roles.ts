/**
 * Who may do what in the dashboard and the API. The table is the whole of it: a route names the right
 * that it needs, and a test goes through every role and every route.
 */
export const ROLES = ['reception', 'clinician', 'privacy', 'it', 'owner'] as const;
export type Role = (typeof ROLES)[number];

/** What a route may ask for. */
export const RIGHTS = [
  'messages.read',
  'messages.work',
  'calls.list',
  'calls.content',
  'calls.listen',
  'calls.correct',
  'calls.steer',
  'contacts.read',
  'contacts.change',
  'insights.read',
  'exports.make',
  'privacy.requests',
  'audit.read',
  'accounts.manage',
  'health.read',
  'configuration.read',
  'configuration.office',
  'configuration.privacy',
  'configuration.change',
  'handling.rules',
  'staff.work',
] as const;
export type Right = (typeof RIGHTS)[number];

const OFFICE: readonly Right[] = [
  'messages.read',
  'messages.work',
  'calls.list',
  'contacts.read',
  'contacts.change',
  'insights.read',
];

const RIGHTS_OF: Readonly<Record<Role, readonly Right[]>> = {
  reception: [
    ...[...OFFICE, 'calls.content', 'calls.correct', 'calls.steer'],
    // What changes from day to day: hours and frequent questions, who is away, who is kept out.
    ...['configuration.read', 'configuration.office', 'handling.rules', 'staff.work'],
  ] as readonly Right[],
  clinician: [
    ...[...OFFICE, 'calls.content', 'calls.listen', 'calls.correct', 'calls.steer'],
    ...['staff.work'],
  ] as readonly Right[],
  privacy: [
    ...['messages.read', 'calls.list', 'calls.content', 'calls.listen', 'calls.correct'],
    ...['contacts.read', 'contacts.change', 'exports.make', 'privacy.requests', 'audit.read'],
    ...['insights.read', 'health.read', 'configuration.read', 'configuration.privacy'],
  ] as readonly Right[],
  // Who keeps the machine running need not read what callers said.
  it: [
    ...['accounts.manage', 'health.read', 'insights.read'],
    ...['configuration.read', 'configuration.office', 'configuration.privacy'],
    ...['configuration.change', 'handling.rules', 'staff.work'],
  ] as readonly Right[],
  owner: RIGHTS,
};

export const rightsOf = (role: Role): readonly Right[] => RIGHTS_OF[role];

export const permits = (role: Role, right: Right): boolean => RIGHTS_OF[role].includes(right);

export const isRole = (value: string): value is Role =>
  (ROLES as readonly string[]).includes(value);
