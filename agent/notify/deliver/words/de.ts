import type { NoticeWords } from './words.js';

export const de: NoticeWords = {
  message: ['Neue Nachricht', 'Es gibt eine neue Nachricht.'],
  urgent: ['Dringende Nachricht', 'Es gibt eine dringende Nachricht.'],
  parts: { name: 'Name', reason: 'Anliegen', phone: 'Nummer', callbackTime: 'Beste Zeit' },
  alarms: {
    'self-test': {
      failed: [
        'Selbsttest gescheitert',
        'Der Empfang hat sich selbst angerufen und wurde nicht so bedient, wie es sein soll. Sehen Sie nach, was fehlt:',
      ],
      recovered: [
        'Selbsttest wieder bestanden',
        'Der Empfang hat sich selbst angerufen und wurde gut bedient.',
      ],
    },
    logins: {
      failed: [
        'Jemand probiert Passwörter aus',
        'Es kamen falsche Passwörter nacheinander, und Konten sind für eine Weile gesperrt. Welche, und seit wann, steht im Protokoll:',
      ],
      recovered: ['Niemand probiert mehr Passwörter aus', 'Die Anmeldungen sind wie gewohnt.'],
    },
    retention: {
      failed: [
        'Die Löschfristen wurden nicht ausgeführt',
        'Was seine Frist überschritten hat, wurde nicht gelöscht, oder die Uhr ist gesprungen. Sehen Sie den Plan an:',
      ],
      recovered: [
        'Die Löschfristen werden wieder ausgeführt',
        'Was seine Frist überschritten hatte, ist gelöscht.',
      ],
    },
    requests: {
      failed: [
        'Ein Antrag zu personenbezogenen Daten ist fällig',
        'Er ist in wenigen Tagen fällig oder schon überfällig. Beantworten Sie ihn, verlängern Sie die Frist einmal, oder lehnen Sie ihn mit Gründen ab:',
      ],
      recovered: [
        'Kein Antrag zu personenbezogenen Daten ist fällig',
        'Alles, was fällig war, ist beantwortet.',
      ],
    },
    disk: {
      failed: [
        'Die Festplatte ist voll',
        'Anrufe werden angenommen und Nachrichten behalten, aber nichts wird aufgezeichnet, bis wieder Platz ist. Schaffen Sie Platz auf dem Rechner:',
      ],
      recovered: ['Auf der Festplatte ist wieder Platz', 'Anrufe werden wieder aufgezeichnet.'],
    },
  },
};
