import type { colleague as english } from './colleague.en.js';

/** What a person of the office is told before they take a call, in German. */
export const colleague: Readonly<Record<keyof typeof english, string>> = {
  'colleague.call':
    'Guten Tag, hier ist Ihr Telefonassistent. {caller} ist in der Leitung und möchte mit {name} sprechen.',
  'colleague.caller_number': 'Jemand mit der Nummer {number}',
  'colleague.caller_withheld': 'Jemand ohne Rufnummer',
  'colleague.said': 'Gesagt wurde: {words}',
  'colleague.join':
    'Guten Tag, hier ist Ihr Telefonassistent. Sie werden von {name} in ein Gespräch dazugebeten.',
  'colleague.call_back':
    'Guten Tag, hier ist Ihr Telefonassistent. Sie wollten {caller} zurückrufen.',
  'colleague.keys':
    'Taste eins nimmt das Gespräch an, zwei lehnt es ab, bei drei nehme ich eine Nachricht auf. ' +
    'Sie können auch Ja, Nein oder Nachricht sagen.',
  'colleague.keys_join':
    'Mit Taste eins kommen Sie dazu, mit zwei lehnen Sie ab. Sie können auch Ja oder Nein sagen.',
  'colleague.connecting': 'Danke, ich verbinde Sie.',
  'colleague.declined': 'Gut, ich sage es weiter.',
  'colleague.message': 'Gut, ich nehme eine Nachricht auf.',
  'colleague.caller_gone': 'Es wurde inzwischen aufgelegt. Auf Wiederhören.',
  'colleague.taken': 'Das Gespräch hat schon jemand angenommen. Auf Wiederhören.',
  'colleague.recorded': 'Bitte beachten Sie: Dieses Gespräch wird weiter aufgezeichnet.',
  'colleague.unreached': 'Dort war niemand zu erreichen.',
};
