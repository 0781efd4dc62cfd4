/** Where a CD can be in the installed Windows: not A to C, and not the letters that runs map. */
export const driveLetters = "D E F G H I J K L M N O P Q R T U V W Y Z".split(" ");

/**
 * Where a CD can be in Setup, which hands letters out anew at each start: the disk is empty then, and the machine has two
 * CDs, so that the first few suffice; each letter costs one driver path per folder.
 */
export const setupDriveLetters = driveLetters.slice(0, 5);
