/** Archives inside of archives inside of archives are opened, no deeper ones. */
export const deepestArchive = 4;
