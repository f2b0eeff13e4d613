/** Starts drills when they are due, and notices those that were not run. */
package dev.muster.schedule;
