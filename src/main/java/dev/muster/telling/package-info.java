/** Tells people and machines how drills ended, and what else they should hear of. */
package dev.muster.telling;
