/** Tells people and machines how a drill ended. */
package dev.muster.telling;
