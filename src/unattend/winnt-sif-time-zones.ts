/**
 * The number that winnt.sif takes for a time zone by its present English id; undefined for zones that XP and Server 2003
 * do not have under any name, or had with another offset. Summer time is that of their time. Source: Microsoft Time Zone
 * Index Values (the list of Windows XP and its embedded edition).
 */
export function winntTimeZone(id: string): number | undefined {
  return numbers.get(id);
}

/** Ids that winnt.sif has a number for. */
export function winntTimeZoneIds(): string[] {
  return [...numbers.keys()];
}

const numbers: ReadonlyMap<string, number> = new Map([
  ["Dateline Standard Time", 0],
  // The zone of Midway and Samoa, when both were a day behind; today's Samoa Standard Time is another one.
  ["UTC-11", 1],
  ["Hawaiian Standard Time", 2],
  ["Alaskan Standard Time", 3],
  ["Pacific Standard Time", 4],
  ["Mountain Standard Time", 10],
  ["Mountain Standard Time (Mexico)", 13],
  ["US Mountain Standard Time", 15],
  ["Central Standard Time", 20],
  ["Canada Central Standard Time", 25],
  ["Central Standard Time (Mexico)", 30],
  ["Central America Standard Time", 33],
  ["Eastern Standard Time", 35],
  ["US Eastern Standard Time", 40],
  ["SA Pacific Standard Time", 45],
  ["Atlantic Standard Time", 50],
  ["SA Western Standard Time", 55],
  ["Pacific SA Standard Time", 56],
  ["Newfoundland Standard Time", 60],
  ["E. South America Standard Time", 65],
  ["SA Eastern Standard Time", 70],
  ["Greenland Standard Time", 73],
  ["Azores Standard Time", 80],
  ["Cape Verde Standard Time", 83],
  ["GMT Standard Time", 85],
  ["Greenwich Standard Time", 90],
  // Not known by this name; Greenwich's (Casablanca, Monrovia) is the same without summer time (A58).
  ["UTC", 90],
  ["Central Europe Standard Time", 95],
  ["Central European Standard Time", 100],
  ["Romance Standard Time", 105],
  ["W. Europe Standard Time", 110],
  ["W. Central Africa Standard Time", 113],
  ["E. Europe Standard Time", 115],
  ["Egypt Standard Time", 120],
  ["FLE Standard Time", 125],
  ["GTB Standard Time", 130],
  ["Israel Standard Time", 135],
  ["South Africa Standard Time", 140],
  ["Russian Standard Time", 145],
  ["Arab Standard Time", 150],
  ["E. Africa Standard Time", 155],
  ["Arabic Standard Time", 158],
  ["Iran Standard Time", 160],
  ["Arabian Standard Time", 165],
  ["Caucasus Standard Time", 170],
  ["Afghanistan Standard Time", 175],
  ["Ekaterinburg Standard Time", 180],
  ["West Asia Standard Time", 185],
  ["India Standard Time", 190],
  ["Nepal Standard Time", 193],
  ["Central Asia Standard Time", 195],
  ["Sri Lanka Standard Time", 200],
  ["N. Central Asia Standard Time", 201],
  ["Myanmar Standard Time", 203],
  ["SE Asia Standard Time", 205],
  ["North Asia Standard Time", 207],
  ["China Standard Time", 210],
  ["Singapore Standard Time", 215],
  ["Taipei Standard Time", 220],
  ["W. Australia Standard Time", 225],
  ["North Asia East Standard Time", 227],
  ["Korea Standard Time", 230],
  ["Tokyo Standard Time", 235],
  ["Yakutsk Standard Time", 240],
  ["AUS Central Standard Time", 245],
  ["Cen. Australia Standard Time", 250],
  ["AUS Eastern Standard Time", 255],
  ["E. Australia Standard Time", 260],
  ["Tasmania Standard Time", 265],
  ["Vladivostok Standard Time", 270],
  ["West Pacific Standard Time", 275],
  ["Central Pacific Standard Time", 280],
  ["Fiji Standard Time", 285],
  ["New Zealand Standard Time", 290],
  ["Tonga Standard Time", 300],
]);
