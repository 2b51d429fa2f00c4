import { describe, expect, test } from 'vitest';
import { fullNameOf, initialsOf, nameProblem, tintOf } from './full-name.ts';

describe('the full-name rule', () => {
  test.each([
    ['Megan', 'Kajitani'],
    ['怡君', '林'],
    ['娜', '李'],
    ['José María', "O'Neill-García"],
    ['Nguyễn Thị', 'Hoa'],
    ['地', '金'],
    ['Дарья', 'Иванова'],
    ['Ng', 'Wu'],
  ])('takes %s %s', (given, family) => {
    expect(nameProblem({ given, family })).toBeNull();
  });

  test.each([
    ['Megan', '', 'family-missing'],
    ['', '李', 'given-missing'],
    ['  ', 'Kajitani', 'given-missing'],
    ['Megan', 'K.', 'initial-only'],
    ['M', 'Kajitani', 'initial-only'],
    ['Support', 'Team', 'not-a-name'],
    ['客服', '林', 'not-a-name'],
    ['Megan', '<script>', 'not-a-name'],
    ['Megan1', 'Kajitani', 'not-a-name'],
    ['M'.repeat(60), 'K'.repeat(60), 'too-long'],
  ])('refuses “%s” “%s”: %s', (given, family, problem) => {
    expect(nameProblem({ given, family })).toBe(problem);
  });

  test('writes Han names family first without a space, others given first', () => {
    expect(fullNameOf({ given: '怡君', family: '林' })).toBe('林怡君');
    expect(fullNameOf({ given: ' Megan ', family: 'Kajitani' })).toBe('Megan Kajitani');
    expect(fullNameOf({ given: 'Yijun', family: '林' })).toBe('Yijun 林');
  });

  test('one name has one tint, and names have all five', () => {
    expect(tintOf('Megan Kajitani')).toBe(tintOf('Megan Kajitani'));
    const names = [
      'Megan Kajitani',
      '林怡君',
      'Ingrid Solheim',
      'Tomás Echeverría',
      'Omar Haddad',
      'Anna Li',
    ];
    const all = [
      ...names,
      ...names.map((name) => `${name}-Reed`),
      ...names.map((name) => `${name} Larkspur`),
    ];
    expect([...new Set(all.map(tintOf))].sort()).toEqual([0, 1, 2, 3, 4]);
  });

  test('draws initials from both ends of a name, and the family name of a spaceless one', () => {
    expect(initialsOf('Megan Kajitani')).toBe('MK');
    expect(initialsOf('Ana María de la Cruz')).toBe('AC');
    expect(initialsOf('林怡君')).toBe('林');
  });
});
