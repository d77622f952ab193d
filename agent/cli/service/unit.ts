/** Where and as whom the service runs. All paths absolute. */
export interface ServicePlace {
  /** The installation: the checkout. */
  readonly root: string;
  /** The data folder; its parent is the service's own. */
  readonly home: string;
  readonly user: string;
  /** The Node.js that runs it. */
  readonly node: string;
  /** A file of variables for it, where there is one. */
  readonly environmentFile?: string;
}

/** A file that makes the service, and who may read it. */
export interface ServiceFile {
  readonly path: string;
  readonly text: string;
}

/** Homes of people are closed to it, unless it lives in one itself. */
const IN_A_HOME = /^\/(?:home|root|run\/user)\//u;

/**
 * The unit, the user it runs as and its folders. Everything is closed that it does not need: no
 * capability, a file system that can only be read but for its own data, system calls of services only.
 * V8 writes code and executes it, so MemoryDenyWriteExecute= is not possible; nor is ProcSubset=pid, which
 * hides /proc/cpuinfo: without it ONNX Runtime takes its slowest paths.
 */
export function serviceFiles(place: ServicePlace): readonly ServiceFile[] {
  const { root, home, user, node, environmentFile } = place;
  const state = home.replace(/\/[^/]+\/?$/u, '');
  const unit = `[Unit]
Description=Vestibule, the telephone receptionist
Documentation=file://${root}/docs/guide/service.md
After=network-online.target
Wants=network-online.target

[Service]
User=${user}
Group=${user}
UMask=0077
WorkingDirectory=${root}
Environment=VESTIBULE_HOME=${home} NODE_ENV=production
${environmentFile === undefined ? '' : `EnvironmentFile=${environmentFile}\n`}# One process: RestartPreventExitStatus= does not count for ExecStartPre=.
ExecStart=/bin/sh -ec "${node} ${root}/build/agent/main.js check; ${node} ${root}/build/agent/main.js asterisk render; exec ${node} ${root}/build/agent/supervisor/main.js ${home}/run/plan.json"
ExecReload=${node} ${root}/build/agent/main.js reload
# The supervisor ends its children in order: callers first.
KillMode=mixed
# One of them that the kernel ends for its memory is started again by it; the calls of the others go on.
OOMPolicy=continue
TimeoutStopSec=40
Restart=on-failure
RestartSec=2
# A wrong configuration is not mended by trying again.
RestartPreventExitStatus=2
LimitNOFILE=65536
# A core dump would hold keys and what callers said.
LimitCORE=0

ReadWritePaths=${state}
NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
ProtectSystem=strict
ProtectHome=${[root, state, node].some((path) => IN_A_HOME.test(`${path}/`)) ? 'read-only' : 'yes'}
PrivateTmp=yes
PrivateDevices=yes
DevicePolicy=closed
PrivateUsers=yes
ProtectProc=invisible
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
KeyringMode=private
LockPersonality=yes
RemoveIPC=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallErrorNumber=EPERM
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources

[Install]
WantedBy=multi-user.target
`;
  return [
    { path: '/etc/systemd/system/vestibule.service', text: unit },
    {
      path: '/usr/lib/sysusers.d/vestibule.conf',
      text: `u ${user} - "Vestibule, the telephone receptionist" ${state}\n`,
    },
    {
      path: '/usr/lib/tmpfiles.d/vestibule.conf',
      text: [
        `d ${state} 0700 ${user} ${user}`,
        `d ${home} 0700 ${user} ${user}`,
        // The key of the store lies beside the data, for whoever copies the data.
        `d ${home}-keys 0700 ${user} ${user}`,
        '',
      ].join('\n'),
    },
  ];
}

/** What is run after the files are there, and before they are taken away; without a configuration nothing starts. */
export const afterInstall = (configured: boolean): readonly (readonly string[])[] => [
  ['systemd-sysusers', '/usr/lib/sysusers.d/vestibule.conf'],
  ['systemd-tmpfiles', '--create', '/usr/lib/tmpfiles.d/vestibule.conf'],
  ['systemctl', 'daemon-reload'],
  ['systemctl', 'enable', ...(configured ? ['--now'] : []), 'vestibule.service'],
];

export const BEFORE_UNINSTALL: readonly (readonly string[])[] = [
  ['systemctl', 'disable', '--now', 'vestibule.service'],
];

export const AFTER_UNINSTALL: readonly (readonly string[])[] = [['systemctl', 'daemon-reload']];
