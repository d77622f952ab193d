import { defineConfig } from 'vitepress';

const page = (text: string, link: string): { text: string; link: string } => ({ text, link });
const guide = (text: string, name: string): { text: string; link: string } =>
  page(text, `/guide/${name}`);

/** The documents as a site: `npm run docs:site` writes it to build/site; it fetches nothing from anywhere. */
export default defineConfig({
  title: 'Vestibule',
  description: 'A telephone receptionist on your own server.',
  lang: 'en',
  outDir: '../build/site',
  cacheDir: '../build/site-cache',
  lastUpdated: false,
  metaChunk: true,
  // What lies outside of docs/ is there in a checkout; test/docs.test.ts holds those links.
  // Files that are no pages: test/docs.test.ts looks whether they are there.
  ignoreDeadLinks: [/\/\.\.\/|^\.\.\//u, /\/adr\/index$/u, /\.(?:cfg|list)$/u],
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      guide('Quick start', 'quick-start'),
      guide('Settings', 'configuration'),
      guide('When something is wrong', 'troubleshooting'),
      page('Promises', '/rights'),
    ],
    sidebar: [
      {
        text: 'For IT staff',
        items: [
          guide('Quick start', 'quick-start'),
          guide('Settings', 'configuration'),
          guide('An existing PBX', 'existing-pbx'),
          guide('Numbers and trunks', 'numbers-and-trunks'),
          guide('Lines and codecs', 'lines'),
          guide('How many calls', 'sizing'),
          guide('As a service', 'service'),
          guide('In a container', 'container'),
          guide('Updating', 'updating'),
          guide('Hardening', 'hardening'),
          guide('Backup and restore', 'backup'),
          guide('Keys', 'keys'),
          guide('Monitoring', 'monitoring'),
          guide('Self-test', 'self-test'),
          guide('When something is wrong', 'troubleshooting'),
          guide('Every command', 'commands'),
          page('Errors', '/errors'),
          page('Faults it lives through', '/faults'),
          page('More machines', '/scale-out'),
          guide('Many offices', 'many-offices'),
        ],
      },
      {
        text: 'For the desk',
        items: [
          guide('The dashboard', 'dashboard'),
          guide('The dashboard in pictures', 'pictures'),
          guide('Messages', 'messages'),
          guide('Who takes which call', 'handling'),
          guide('Several numbers', 'numbers'),
          guide('Transfers', 'transfers'),
          guide('Voicemail and calling back', 'voicemail'),
          guide('Appointments', 'appointments'),
          guide('Notifications', 'notifications'),
          guide('At this computer', 'desk'),
        ],
      },
      {
        text: 'For privacy officers',
        items: [
          guide('Privacy', 'privacy'),
          guide('Requests of people', 'requests'),
          guide('Recording and consent', 'recording'),
          guide('Impact assessment', 'dpia'),
          guide('Threat model', 'threat-model'),
          page('Which promise is kept by which test', '/rights'),
          page('OWASP ASVS', '/asvs'),
          page('Licences', '/licences'),
        ],
      },
      {
        text: 'For developers',
        items: [
          page('Architecture', '/ARCHITECTURE'),
          guide('The control API', 'control-api'),
          guide('In text', 'in-text'),
          guide('Text commands', 'text-commands'),
          guide('Another language', 'languages'),
          guide('Another recogniser', 'adding-a-recogniser'),
          guide('Another kind of office', 'adding-a-profile'),
          guide('Another channel', 'adding-a-channel'),
          guide('A language model', 'language-model'),
          guide('Korean', 'korean'),
          guide('Glossary', 'glossary'),
        ],
      },
    ],
  },
});
