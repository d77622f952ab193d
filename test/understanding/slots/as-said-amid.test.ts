import t from 'tap';
import { isFrequentWord } from '../../../agent/understanding/slots/known-words.js';
import { table } from './table.js';

// Names that nothing introduces, known by their words, and words that are no names.

table('person_name', 'amid chat', [
  ['hold on the kettle is boiling odalys quintana we met last month', 'Odalys Quintana'],
  ['just closing the window there you are rose tillery', 'Rose Tillery'],
  ['i am in the kitchen ronan fogarty', 'Ronan Fogarty'],
  ["it's just odalys quintana", 'Odalys Quintana'],
  ['the name on the file is odalys quintana', 'Odalys Quintana'],
  ['they all say memo guillermo pardo', 'Guillermo Pardo'],
  ['sam and kelly brandt', 'Sam and Kelly Brandt'],
  ['mate dean prowse from the depot', 'Dean Prowse'],
  ['somebody from milton keynes rang', undefined],
  ['is dr amit kapoor in today', undefined],
]);

table('person_name', 'ordinary words', [
  ["that's ridiculous", undefined],
  ["it's leaking badly", undefined],
  ["i'm freezing out here", undefined],
  ['rose pickles', 'Rose Pickles'],
  ["it's rose pickles i rang about the fence", 'Rose Pickles'],
  ["it's pickles p i c k l e s", 'Pickles'],
]);

table('person_name', 'said and respelled', [
  ['ines gonzalves with a v not an e', 'Ines Gonzalves'],
  ['marion with an a not an o', 'Marian'],
  ['karla rickman rickman with a c k', 'Karla Rickman'],
  ['nguyen van minh', 'Nguyen Van Minh'],
  ['pieter van dam', 'Pieter van Dam'],
]);

t.test('words with endings are words', (t) => {
  for (const word of ['talking', 'stopped', 'worries', 'making', 'badly', 'kettle'])
    t.ok(isFrequentWord(word), word);
  for (const word of ['odalys', 'quintana', 'okafor', 'ing', ''])
    t.notOk(isFrequentWord(word), word);
  t.end();
});
