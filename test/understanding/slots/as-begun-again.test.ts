import { table } from './table.js';

// Found by the fifteenth set: what impatient callers begin and begin again, and what a recogniser makes of it.

table('person_name', 'begun again, or told in another order', [
  ['gor gordon marsh', 'Gordon Marsh'],
  ['gordon m gordon marsh', 'Gordon Marsh'],
  ['rob roberts', 'Rob Roberts'],
  ['i just said lydia grant', 'Lydia Grant'],
  ['her name is spelled a n a i s anais beaumont', 'Anais Beaumont'],
  ['yes rachel with an a e l steinberg', 'Rachael Steinberg'],
  ['jean with a g gene hackett', 'Gene Hackett'],
  ["it's gail with an i not gale like the wind gail tomlin", 'Gail Tomlin'],
  ["it's jeong j e o n g hyun woo", 'Hyun Woo Jeong'],
  ['last name is okafor o k a f o r kenji', 'Kenji Okafor'],
  ['kowalski robert is the first name', 'Robert Kowalski'],
  ['tom t o m baker', 'Tom Baker'],
  ['meghan with an h m e g h a n foley', 'Meghan Foley'],
  ['rhodes like the island catherine rhodes', 'Catherine Rhodes'],
  ["first name james middle initial t last name o'connell", "James T O'Connell"],
  ['james middle name tiberius kirk', 'James Tiberius Kirk'],
  ['green without the e at the end', 'Green'],
  ['greene without the e at the end', 'Green'],
]);
table('phone', 'begun again', [
  ['five oh five oh three five five five oh one one nine', '5035550119'],
  ['six one seven five five five oh one double for', '6175550144'],
  [
    'my old number was five oh three five five five oh one one eight my new one is five oh three five five five oh one one nine',
    '5035550119',
  ],
]);
table('date_time', 'what is refused, and what is only beside a feast', [
  ['mondays are bad tuesday at one', '2026-12-01T13:00'],
  ['saturday is no good friday morning', '2026-11-27 morning'],
  ['good friday in the morning', '2027-03-26 morning'],
  ['after christmas say the twenty eighth', '2026-12-28'],
  ['before christmas the twenty second at three', '2026-12-22T15:00'],
  ['after christmas', '2026-12-25'],
  ['sometime in the new year say january fourth', '2027-01-04'],
  ['middle of next week', '2026-12-02'],
  ['tea time on thursday say five', '2026-11-26T17:00'],
  ['thurs thursday at eleven fifteen', '2026-11-26T11:15'],
  ['the ate of december', '2026-12-08'],
]);
table('email', 'signs between words, and second thoughts', [
  ['lydia grant with a dot in the middle at gmail dot com', 'lydia.grant@gmail.com'],
  ['lydia grant with an underscore between at gmail dot com', 'lydia_grant@gmail.com'],
  ['lydia dot grant at yahoo no gmail dot com', 'lydia.grant@gmail.com'],
  ['roisin at example dot net no dot com', 'roisin@example.com'],
  ['lidia no lydia with a y lydia dot grant at gmail dot com', 'lydia.grant@gmail.com'],
  ['doug doug h at outlook dot com', 'dough@outlook.com'],
  ['imogen f all one word no capitals at sky dot com', 'imogenf@sky.com'],
  ['gordon dot marsh at g male dot com', 'gordon.marsh@gmail.com'],
  ['gordon. marsh at gmail. com', 'gordon.marsh@gmail.com'],
  ['T. Villanueva at gmail.com', 't.villanueva@gmail.com'],
  ['i said lydia dot grant at gmail dot com', 'lydia.grant@gmail.com'],
]);
table('dob', 'begun again, or in pieces', [
  ['march thir third nineteen fifty four', '1954-03-03'],
  ['march third nineteen nineteen fifty four', '1954-03-03'],
  ["it's january and the day is thirty one and it's nineteen eighty eight", '1988-01-31'],
]);
