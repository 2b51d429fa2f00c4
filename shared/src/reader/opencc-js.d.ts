/** The library's dictionaries are modules of one string each: `乾坤 乾坤|乾淨 干净|…`. It ships no types for them. */
declare module 'opencc-js/dict/*' {
  const dictionary: string;
  export default dictionary;
}
