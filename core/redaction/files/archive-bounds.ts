/** Archives inside of archives inside of archives are opened, no deeper ones. */
export const deepestArchive = 4;

/** What a file inside of the one that was given may unpack to, in bytes; it is held in memory. */
export const longestUnpacked = 256 * 1024 * 1024;
