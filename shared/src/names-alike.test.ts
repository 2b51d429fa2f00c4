import { expect, test } from 'vitest';
import { foldName, isNamed } from './names-alike.ts';

const named = (name: string, typed: string) => isNamed(foldName(name), foldName(typed));

test.each([
  ['Megan Kajitani', 'Megan Kajitani'],
  ['Megan Kajitani', 'kajitani, MEGAN'],
  ['Megan Kajitani', 'Megan'],
  ['Megan Kajitani', 'Megan Kajtani'],
  ['Megan Kajitani', 'Mgean Kajitani'],
  ['Megan Kajitani', 'Megann'],
  ['Tomás Echeverría', 'Tomas Echeverria'],
  ['Tomás Echeverría', 'Tomás Echeverrja'],
  ['林怡君', '林怡君'],
])('%s is meant by “%s”', (name, typed) => expect(named(name, typed)).toBe(true));

test.each([
  ['Megan Kajitani', 'M'],
  ['Megan Kajitani', 'M K'],
  ['Megan Kajitani', 'Meg'],
  ['Megan Kajitani', 'Megan Ferreira'],
  ['Megan Kajitani', 'Megan Megan'],
  ['Megan Kajitani', 'Kaijtanni'],
  ['Lin Wu', 'Lim Wu'],
  ['林怡君', '怡君'],
  ['Megan Kajitani', ''],
  ['Megan Kajitani', '  .'],
])('%s is not meant by “%s”', (name, typed) => expect(named(name, typed)).toBe(false));
