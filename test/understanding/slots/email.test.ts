import { table } from './table.js';

table('email', 'as it is spoken', [
  ['john dot smith at gmail dot com', 'john.smith@gmail.com'],
  ['j underscore smith at example dot co dot uk', 'j_smith@example.co.uk'],
  ['my email is anna lee at example dot com', 'annalee@example.com'],
  ["it's anna dot lee at sign example dot org", 'anna.lee@example.org'],
  ['j o h n at example dot com', 'john@example.com'],
  ['anna dash lee at my dash clinic dot net', 'anna-lee@my-clinic.net'],
  ['anna twenty three at yahoo dot com', 'anna23@yahoo.com'],
  ['john nineteen eighty two at hotmail dot com', 'john1982@hotmail.com'],
  ['bob double oh seven at example dot com', 'bob007@example.com'],
  ['sierra mike india tango hotel at example dot com', 'smith@example.com'],
  ['j as in john dot smith at example dot com', 'j.smith@example.com'],
  ['um so the email is uh sam dot wilson at outlook dot com', 'sam.wilson@outlook.com'],
  ['you can reach me at sam at example dot com', 'sam@example.com'],
  ['send it to priya plus clinic at gmail dot com please', 'priya+clinic@gmail.com'],
  ['maria at g mail dot com', 'maria@gmail.com'],
  ['maria at gmail', 'maria@gmail.com'],
  ['Info-plus-billing at example.com.', 'info+billing@example.com'],
  ["john dot smith that's s m y t h at example dot com", 'john.smyth@example.com'],
  ["smith at example dot com that's s m y t h", 'smyth@example.com'],
  ['info at riverside clinic all one word dot com', 'info@riversideclinic.com'],
  ['anna lee all one word at example dot com', 'annalee@example.com'],
  ['m i double l e r at example dot de', 'miller@example.de'],
  ['anna at b b c dot co dot u k', 'anna@bbc.co.uk'],
  ['k dot o apostrophe brien at example dot com', "k.o'brien@example.com"],
]);

table('email', 'as a recogniser writes it', [
  ['john.smith@gmail.com', 'john.smith@gmail.com'],
  ['My email is john.smith@gmail.com.', 'john.smith@gmail.com'],
  ['It’s John.Smith at gmail.com.', 'john.smith@gmail.com'],
  ['John dot Smith@gmail.com', 'john.smith@gmail.com'],
  ['J_Smith@example.co.uk, thanks.', 'j_smith@example.co.uk'],
  ['J-O-H-N at example.com', 'john@example.com'],
  ['Anna 23 at yahoo.com', 'anna23@yahoo.com'],
  ['Anna.Lee23@my-clinic.org', 'anna.lee23@my-clinic.org'],
  ['My name is Anna Lee. anna at example dot com.', 'anna@example.com'],
]);

table('email', 'nothing of the kind', [
  ['', undefined],
  ["I don't have one", undefined],
  ['I am at home', undefined],
  ['call me at three thirty', undefined],
  ['meet me at example street', undefined],
  ['at gmail dot com', undefined],
  ['dot com', undefined],
  ["I'm looking at your website", undefined],
]);
