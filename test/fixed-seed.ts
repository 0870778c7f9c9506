import { configureGlobal } from "fast-check";

// A run of the whole suite judges a change, so it tries the same cases each time; a single file run by hand tries new ones.
configureGlobal({ seed: 20261121 });
