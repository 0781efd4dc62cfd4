/** From 0 to the first tick that is not below the maximum, in steps of 1, 2 or 5 of a power of ten; about as many as wanted. */
export function linearTicks(maximum: number, wanted: number): readonly number[] {
  if (!(maximum > 0) || !Number.isFinite(maximum)) return [0, 1];
  const rough = maximum / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((digit) => digit * power >= rough * 0.999) ?? 10) * power;
  const count = Math.ceil(maximum / step - 1e-9);
  // Products of a step such as 0.1 would have digits that nobody wants.
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
}

/** Without digits that are noise, and with the thousands apart: 0.3, 12, 8 192. */
export function shortNumber(value: number): string {
  const [whole = "", rest] = String(Number(value.toPrecision(6))).split(".");
  const grouped = whole.length > 4 ? whole.replaceAll(/\B(?=(\d{3})+$)/g, " ") : whole;
  return rest === undefined ? grouped : `${grouped}.${rest}`;
}
